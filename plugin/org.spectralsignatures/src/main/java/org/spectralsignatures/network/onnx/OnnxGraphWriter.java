package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the nodes and initialisers of a graph and writes it as a model; the values of parameters are read when they are written, one tensor at a time. */
public final class OnnxGraphWriter {

    /** Version of the file format, which has the operators of opset 13. */
    private static final int IR_VERSION = 7;

    private static final int GRAPH = 7;

    private static final int FLOAT = 1;

    private static final int INT64 = 7;

    private static final int CHUNK = 1 << 14;

    /** Values of a tensor, in C order. */
    public interface Values {

        /** @return as many values as were said, from the buffer's position on */
        FloatBuffer read() throws IOException;
    }

    /** A tensor with values: the fields before them, and then either bytes or floats. */
    private record Initialiser(byte[] head, byte[] bytes, long count, Values floats) {

        long size() {
            return head.length + (floats == null ? bytes.length : Float.BYTES * count);
        }
    }

    /** An attribute of a node. */
    public static final class Attribute {

        private final String name;

        private final WireWriter content;

        private Attribute(final String name, final WireWriter content) {
            this.name = name;
            this.content = content;
        }

        /** @return a whole number */
        public static Attribute of(final String name, final long value) {
            return new Attribute(name, new WireWriter().number(3, value).number(20, 2));
        }

        /** @return a text */
        public static Attribute of(final String name, final String value) {
            return new Attribute(name, new WireWriter().text(4, value).number(20, 3));
        }

        /** @return a number */
        public static Attribute of(final String name, final double value) {
            return new Attribute(name, new WireWriter().real(2, (float)value).number(20, 1));
        }

        /** @return whole numbers */
        public static Attribute of(final String name, final long[] values) {
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

    /**
     * @param operator of ONNX
     * @param output name of the result, which no other tensor has
     * @param inputs names of tensors, empty where one is left out
     * @param attributes of the node
     * @return name of the result
     */
    public String node(final String operator, final String output, final List<String> inputs, final Attribute... attributes) {
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

    String floats(final String name, final List<Integer> shape, final FloatBuffer values) {
        return floats(name, shape.stream().mapToLong(Integer::longValue).toArray(), () -> values);
    }

    /**
     * @param name of the tensor, which no other one has
     * @param shape its sides
     * @param values as many as its shape says, asked for when they are written
     * @return its name
     */
    public String floats(final String name, final long[] shape, final Values values) {
        long count = 1;
        for (long side : shape) {
            count = Math.multiplyExact(count, side);
        }
        add(name, FLOAT, shape, null, count, values);
        return name;
    }

    /**
     * @param name of the tensor, which no other one has
     * @param value a single number
     * @return its name
     */
    public String number(final String name, final float value) {
        add(name, FLOAT, new long[0], null, 1, () -> FloatBuffer.wrap(new float[]{value}));
        return name;
    }

    /**
     * @param name of the tensor, which no other one has
     * @param values a row of whole numbers
     * @return its name
     */
    public String numbers(final String name, final long... values) {
        final var bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        add(name, INT64, new long[]{values.length}, bytes.array(), values.length, null);
        return name;
    }

    private void add(final String name, final int type, final long[] shape, final byte[] bytes, final long count, final Values floats) { // NOSONAR
        requireNew(name);
        final var head = new WireWriter();
        for (long side : shape) {
            head.number(1, side);
        }
        head.number(2, type).text(8, name).begin(9, floats == null ? bytes.length : Float.BYTES * count);
        initialisers.add(new Initialiser(head.bytes(), bytes, count, floats));
    }

    /** @return whether a tensor has this name already */
    public boolean has(final String name) {
        return names.contains(name);
    }

    private void requireNew(final String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("The network cannot be written as ONNX: two of its tensors would be named '%s'.".formatted(name));
        }
    }

    /**
     * @param name of what it takes
     * @param first name of the first side, which is not fixed
     * @param others sides
     */
    public void input(final String name, final String first, final long... others) {
        requireNew(name);
        ends.message(11, value(name, first, others));
    }

    /**
     * @param name of a tensor that it gives
     * @param first name of the first side, which is not fixed
     * @param others sides
     */
    public void output(final String name, final String first, final long... others) {
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
     * Writes the graph as a model, opset {@value OnnxSteps#OPSET}.
     *
     * @param producer what made it
     * @param version of that, empty if it has none
     * @param notes of the file
     * @param out receives it
     */
    public void write(final String producer, final String version, final Map<String, String> notes, final OutputStream out) throws IOException {
        final var head = new WireWriter().number(1, IR_VERSION).text(2, producer);
        out.write((version.isEmpty() ? head : head.text(3, version)).bytes());
        write("network", out);
        out.write(new WireWriter().message(8, new WireWriter().text(1, "").number(2, OnnxSteps.OPSET)).bytes());
        for (Map.Entry<String, String> note : notes.entrySet()) {
            out.write(new WireWriter().message(14, new WireWriter().text(1, note.getKey()).text(2, note.getValue())).bytes());
        }
    }

    private void write(final String name, final OutputStream out) throws IOException {
        final byte[] start = nodes.text(2, name).bytes();
        final var heads = initialisers.stream().map(initialiser -> new WireWriter().begin(5, initialiser.size()).bytes()).toList();
        long size = start.length + ends.bytes().length;
        for (int i = 0; i < initialisers.size(); i++) {
            size += heads.get(i).length + initialisers.get(i).size();
        }
        out.write(new WireWriter().begin(GRAPH, size).bytes());
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
        final FloatBuffer floats = initialiser.floats.read().duplicate();
        if (floats.remaining() != initialiser.count) {
            throw new IOException("a tensor has %d values, but should have %d".formatted(floats.remaining(), initialiser.count));
        }
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
