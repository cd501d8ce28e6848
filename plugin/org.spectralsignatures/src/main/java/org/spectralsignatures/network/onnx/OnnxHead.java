package org.spectralsignatures.network.onnx;

import java.nio.FloatBuffer;
import java.util.List;

import org.spectralsignatures.network.DenseHead;
import org.spectralsignatures.network.DenseHead.Dense;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.onnx.OnnxGraphWriter.Attribute;

/** The operations of a small classifier behind a layer; such as ONNX has had unchanged since opset {@value OnnxTransfer#OPSET}, since the body tells the opset. */
final class OnnxHead {

    /** Name of the means over the positions of each channel. */
    static final String AVERAGE = "average";

    /** Name of the activations of a hidden layer. */
    static final String HIDDEN = "hidden";

    /** Name of the probabilities of the classes. */
    static final String OUTPUT = "probabilities";

    private static final int FLOAT = 1;

    private final OnnxGraphWriter graph;

    private final String prefix;

    /**
     * @param graph receives the operations
     * @param prefix of all names
     */
    OnnxHead(final OnnxGraphWriter graph, final String prefix) {
        this.graph = graph;
        this.prefix = prefix;
    }

    /**
     * @param tensor of the layer
     * @param layer that it is
     * @param planes whether its values lie channel by channel
     * @param average whether the classifier takes the average over the positions of each channel
     * @param head the classifier
     * @return name of the tensor of probabilities
     */
    String add(final String tensor, final LayerInfo layer, final boolean planes, final boolean average, final DenseHead head) {
        return dense(vector(tensor, layer, planes, average), head);
    }

    /** The layer's values in the order of a representation, {@code [n, c * h * w]} or {@code [n, c]}; as {@link OnnxSession} takes the tensor for. */
    private String vector(final String tensor, final LayerInfo layer, final boolean planes, final boolean average) {
        final long channels = layer.channels();
        final long positions = (long)layer.height() * layer.width();
        final String values = graph.node("Cast", prefix + "values", List.of(tensor), Attribute.of("to", FLOAT));
        if (positions == 1) {
            return reshaped("vector", values, -1, channels);
        }
        final String arranged = planes ? reshaped("planes", values, -1, channels, positions, 1)
            : graph.node("Transpose", prefix + "planes", List.of(reshaped("pixels", values, -1, positions, channels, 1)), Attribute.of("perm", new long[]{0, 2, 1, 3}));
        if (!average) {
            return reshaped("vector", arranged, -1, channels * positions);
        }
        return reshaped(AVERAGE, graph.node("GlobalAveragePool", prefix + "means", List.of(arranged)), -1, channels);
    }

    private String reshaped(final String name, final String from, final long... sides) {
        return graph.node("Reshape", prefix + name, List.of(from, graph.numbers(prefix + name + "_shape", sides)));
    }

    private String dense(final String vector, final DenseHead head) {
        final int inputs = head.means().length;
        String last = graph.node("Sub", prefix + "centred", List.of(vector, graph.floats(prefix + "mean", List.of(inputs), FloatBuffer.wrap(head.means()))));
        for (int l = 0; l < head.layers().size(); l++) {
            final Dense dense = head.layers().get(l);
            final boolean isLast = l == head.layers().size() - 1;
            final String name = prefix + (isLast ? "logits" : "dense");
            last = graph.node("Gemm", name, List.of(last, graph.floats(name + "_W", List.of(dense.outputs(), dense.inputs()), FloatBuffer.wrap(dense.weights())),
                graph.floats(name + "_b", List.of(dense.outputs()), FloatBuffer.wrap(dense.biases()))), Attribute.of("transB", 1));
            if (!isLast) {
                last = graph.node("Relu", prefix + HIDDEN, List.of(last));
            }
        }
        return graph.node("Softmax", prefix + OUTPUT, List.of(last), Attribute.of("axis", 1));
    }
}
