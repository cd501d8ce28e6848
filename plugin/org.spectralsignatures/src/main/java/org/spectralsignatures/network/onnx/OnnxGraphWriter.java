package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the nodes and initialisers of a graph and writes it; the values of parameters are taken from where they lie, and not copied before. */
final class OnnxGraphWriter {

    private static final int FLOAT = 1;

    private static final int INT64 = 7;

    private static final int CHUNK = 1 << 14;

    /** A tensor with values: the fields before them, and then either bytes or floats. */
    private record Initialiser(byte[] head, byte[] bytes, FloatBuffer floats) {

        long size() {
            return head.length + (floats == null ? bytes.length : (long)Float.BYTES * floats.remaining());
        }
    }

    /** An attribute of a node. */
    record Attribute(String name, WireWriter content) {

        /** @return a whole number */
        static Attribute of(final String name, final long value) {
            return new Attribute(name, new WireWriter().number(3, value).number(20, 2));
        }

        /** @return a number */
        static Attribute of(final String name, final double value) {
            return new Attribute(name, new WireWriter().real(2, (float)value).number(20, 1));
        }

        /** @return whole numbers */
        static Attribute of(final String name, final long[] values) {
            final var content = new WireWriter();
            for (long value : values) {
                content.number(8, value);
            }
            return new Attribute(name, content.number(20, 7));
        }
    }

    private final Set<String> names = new HashSet<>();

    private final WireWriter nodes = new WireWriter();

    private final List<Initialiser> initialisers = new ArrayList<>();

    private final WireWriter ends = new WireWriter();

    /** @return name of the result */
    String node(final String operator, final String output, final List<String> inputs, final Attribute... attributes) {
        requireNew(output);
        final var node = new WireWriter();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(3, output).text(4, operator);
        for (Attribute attribute : attributes) {
            node.message(5, new WireWriter().text(1, attribute.name).raw(attribute.content));
        }
        nodes.message(1, node);
        return output;
    }

    /** @return name of the tensor */
    String floats(final String name, final List<Integer> shape, final FloatBuffer values) {
        add(name, FLOAT, shape.stream().map(Integer::longValue).toList(), null, values);
        return name;
    }

    /** @return name of the tensor, a single number */
    String number(final String name, final float value) {
        add(name, FLOAT, List.of(), null, FloatBuffer.wrap(new float[]{value}));
        return name;
    }

    /** @return name of the tensor, a row of whole numbers */
    String numbers(final String name, final long... values) {
        final var bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        add(name, INT64, List.of((long)values.length), bytes.array(), null);
        return name;
    }

    private void add(final String name, final int type, final List<Long> shape, final byte[] bytes, final FloatBuffer floats) {
        requireNew(name);
        final var head = new WireWriter();
        shape.forEach(side -> head.number(1, side));
        head.number(2, type).text(8, name).begin(9, floats == null ? bytes.length : (long)Float.BYTES * floats.remaining());
        initialisers.add(new Initialiser(head.bytes(), bytes, floats));
    }

    private void requireNew(final String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("The network cannot be written as ONNX: two of its tensors would be named '%s'.".formatted(name));
        }
    }

    /** @param first name of the first side, which is not fixed */
    void input(final String name, final String first, final long... others) {
        requireNew(name);
        ends.message(11, value(name, first, others));
    }

    /** @param first name of the first side, which is not fixed */
    void output(final String name, final String first, final long... others) {
        ends.message(12, value(name, first, others));
    }

    private static WireWriter value(final String name, final String first, final long[] others) {
        final var sides = new WireWriter().message(1, new WireWriter().text(2, first));
        for (long side : others) {
            sides.message(1, new WireWriter().number(1, side));
        }
        return new WireWriter().text(1, name).message(2, new WireWriter().message(1, new WireWriter().number(1, FLOAT).message(2, sides)));
    }

    /**
     * @param field number of the graph in its model
     * @param name of the graph
     * @param out receives it
     */
    void write(final int field, final String name, final OutputStream out) throws IOException {
        final byte[] start = nodes.text(2, name).bytes();
        final var heads = initialisers.stream().map(initialiser -> new WireWriter().begin(5, initialiser.size()).bytes()).toList();
        long size = start.length + ends.bytes().length;
        for (int i = 0; i < initialisers.size(); i++) {
            size += heads.get(i).length + initialisers.get(i).size();
        }
        out.write(new WireWriter().begin(field, size).bytes());
        out.write(start);
        for (int i = 0; i < initialisers.size(); i++) {
            out.write(heads.get(i));
            out.write(initialisers.get(i).head);
            values(initialisers.get(i), out);
        }
        out.write(ends.bytes());
    }

    private static void values(final Initialiser initialiser, final OutputStream out) throws IOException {
        if (initialiser.floats == null) {
            out.write(initialiser.bytes);
            return;
        }
        final FloatBuffer floats = initialiser.floats.duplicate();
        final var chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (floats.hasRemaining()) {
            final int count = Math.min(CHUNK, floats.remaining());
            for (int i = 0; i < count; i++) {
                chunk.putFloat(i * Float.BYTES, floats.get());
            }
            out.write(chunk.array(), 0, count * Float.BYTES);
        }
    }

    /** @return bytes of {@link #writeFields} */
    long fields() {
        return nodes.bytes().length + ends.bytes().length + initialisers.stream().mapToLong(initialiser -> begin(initialiser).length + initialiser.size()).sum();
    }

    /** @param out receives the fields of the graph without a name, to stand behind those of another graph */
    void writeFields(final OutputStream out) throws IOException {
        out.write(nodes.bytes());
        for (Initialiser initialiser : initialisers) {
            out.write(begin(initialiser));
            out.write(initialiser.head);
            values(initialiser, out);
        }
        out.write(ends.bytes());
    }

    private static byte[] begin(final Initialiser initialiser) {
        return new WireWriter().begin(5, initialiser.size()).bytes();
    }
}
