package org.spectralsignatures.network.keras;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.spectralsignatures.hdf5.Hdf5Array;
import org.spectralsignatures.network.onnx.OnnxGraphWriter;
import org.spectralsignatures.network.onnx.OnnxGraphWriter.Attribute;

/** The graph that a network becomes: nodes and weights, each under a name of its own. */
final class KerasGraph {

    private final OnnxGraphWriter writer = new OnnxGraphWriter();

    private final Set<String> weights = new HashSet<>();

    private final Set<String> constants = new HashSet<>();

    OnnxGraphWriter writer() {
        return writer;
    }

    /** @return the name, or the first one with a number behind it that is free */
    private String free(final String name) {
        String result = name;
        for (int i = 2; writer.has(result); i++) {
            result = name + "_" + i;
        }
        return result;
    }

    String node(final String operator, final String name, final List<String> inputs, final Attribute... attributes) {
        return writer.node(operator, free(name), inputs, attributes);
    }

    /** @return the tensor that an operation gives */
    KerasTensor tensor(final String operator, final String name, final KerasShape shape, final List<String> inputs, final Attribute... attributes) {
        return new KerasTensor(node(operator, name, inputs, attributes), shape);
    }

    String number(final double value) {
        final String name = "number " + (float)value;
        return constants.add(name) ? writer.number(name, (float)value) : name;
    }

    String numbers(final String name, final long... values) {
        return writer.numbers(free(name), values);
    }

    /** @return a tensor of numbers, one for each channel of planes or of a row */
    String perChannel(final String name, final KerasShape shape, final float[] values) {
        return writer.floats(free(name), sides(shape), () -> FloatBuffer.wrap(values));
    }

    private static long[] sides(final KerasShape shape) {
        return shape.planes() ? new long[]{shape.channels(), 1, 1} : new long[]{shape.channels()};
    }

    /** Arranges the values of a weight as ONNX wants them. */
    interface Arranged {
        FloatBuffer of(FloatBuffer values);
    }

    /**
     * @param layer that has it
     * @param array the weight; null if the file has none
     * @param what it is called in messages and in the graph
     * @param expected its shape in Keras
     * @param sides its shape in the graph
     * @param arranged how its values are arranged
     * @return name of the weight, which is read when it is written
     */
    String weight(final KerasLayer layer, final Hdf5Array array, final String what, final List<Long> expected, final long[] sides, final Arranged arranged) // NOSONAR
        throws KerasException {
        check(layer, array, what, expected);
        final String name = array.name() + " " + what;
        return weights.add(name) ? writer.floats(name, sides, () -> arranged.of(array.values())) : name;
    }

    static void check(final KerasLayer layer, final Hdf5Array array, final String what, final List<Long> expected) throws KerasException {
        if (array == null) {
            throw layer.settings().wrong("has no %s in the file".formatted(what));
        }
        if (!array.shape().equals(expected)) {
            throw layer.settings().wrong("has a %s of the shape %s, but its settings and what stands before it need %s".formatted(what, array.shape(), expected));
        }
    }

    /** @return values of a weight, of which there are as many as channels */
    static float[] values(final KerasLayer layer, final Hdf5Array array, final String what, final int count) throws IOException {
        check(layer, array, what, List.of((long)count));
        final var values = new float[count];
        array.values().get(values);
        return values;
    }

    /** @return kernels {@code [h, w, in, out]} as {@code [out, in, h, w]} */
    static FloatBuffer planes(final FloatBuffer values, final int in, final int out) {
        final FloatBuffer result = FloatBuffer.allocate(values.remaining());
        final int size = values.remaining() / in / out;
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int k = 0; k < size; k++) {
                    result.put(values.get((k * in + i) * out + o));
                }
            }
        }
        return result.flip();
    }

    /** @return names of tensors */
    static List<String> names(final List<KerasTensor> tensors) {
        final var names = new ArrayList<String>();
        tensors.forEach(tensor -> names.add(tensor.name()));
        return names;
    }
}
