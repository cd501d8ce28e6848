package org.spectralsignatures.network.keras;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.network.onnx.OnnxGraphWriter.Attribute;

/** Layers with kernels, and pools. */
final class KerasConvolutions {

    private static final String KERNEL = "kernel";

    private final KerasGraph graph;

    private final KerasActivations activations;

    KerasConvolutions(final KerasGraph graph, final KerasActivations activations) {
        this.graph = graph;
        this.activations = activations;
    }

    /** @return the result; null if the layer is none of these */
    KerasTensor layer(final KerasLayer layer, final String name, final KerasTensor x, final KerasWeights weights) throws IOException {
        return switch (layer.type()) {
            case "Conv2D", "Convolution2D" -> convolution(layer, name, x, weights);
            case "DepthwiseConv2D" -> depthwise(layer, name, x, weights);
            case "SeparableConv2D", "SeparableConvolution2D" -> separable(layer, name, x, weights);
            case "Dense" -> dense(layer, name, x, weights);
            case "MaxPooling2D", "MaxPool2D" -> pool(layer, "MaxPool", name, x);
            case "AveragePooling2D", "AvgPool2D" -> pool(layer, "AveragePool", name, x);
            case "GlobalAveragePooling2D", "GlobalAvgPool2D" -> global(layer, "GlobalAveragePool", name, x);
            case "GlobalMaxPooling2D", "GlobalMaxPool2D" -> global(layer, "GlobalMaxPool", name, x);
            default -> null;
        };
    }

    private static int filters(final KerasLayer layer, final String setting) throws KerasException {
        final int filters = layer.settings().whole(setting, 0);
        if (filters < 1) {
            throw layer.settings().wrong("does not say how many %s it has".formatted(setting));
        }
        return filters;
    }

    static void requirePlanes(final KerasLayer layer, final KerasTensor x) throws KerasException {
        if (!x.shape().planes()) {
            throw layer.settings().wrong("takes images, but what stands before it gives rows of values");
        }
    }

    private KerasShape output(final KerasLayer layer, final Window window, final KerasTensor x, final int channels) throws KerasException {
        try {
            return KerasShape.planes(channels, window.output(0, x.shape().height()), window.output(1, x.shape().width()));
        } catch (IllegalArgumentException e) {
            throw layer.settings().wrong(e.getMessage());
        }
    }

    private static Attribute[] attributes(final Window window, final KerasShape shape, final int groups) {
        return new Attribute[]{Attribute.of("kernel_shape", Window.longs(window.side())), Attribute.of("strides", Window.longs(window.stride())),
            Attribute.of("dilations", Window.longs(window.dilation())), Attribute.of("pads", window.pads(shape)), Attribute.of("group", groups)};
    }

    /** @return name of a tensor before the activation, if there is one */
    private static String before(final KerasLayer layer, final String name) throws KerasException {
        return KerasActivations.isActive(layer.settings()) ? name + "/linear" : name;
    }

    private void bias(final KerasLayer layer, final KerasWeights weights, final int index, final int channels, final List<String> inputs) throws IOException {
        if (layer.settings().truth("use_bias", true)) {
            inputs.add(graph.weight(layer, weights.of(layer, index, "bias"), "bias", List.of((long)channels), new long[]{channels}, values -> values));
        }
    }

    private KerasTensor convolution(final KerasLayer layer, final String name, final KerasTensor x, final KerasWeights weights) throws IOException {
        requirePlanes(layer, x);
        final Window window = Window.of(layer.settings(), "kernel_size", 0);
        final int out = filters(layer, "filters");
        final int groups = Math.max(1, layer.settings().whole("groups", 1));
        final int in = x.shape().channels() / groups;
        final int[] side = window.side();
        if (in * groups != x.shape().channels() || out % groups != 0) {
            throw layer.settings().wrong("has %d groups, but %d channels come in and %d go out".formatted(groups, x.shape().channels(), out));
        }
        final var inputs = new ArrayList<>(List.of(x.name(), graph.weight(layer, weights.of(layer, 0, KERNEL), KERNEL, List.of((long)side[0], (long)side[1], (long)in, (long)out),
            new long[]{out, in, side[0], side[1]}, values -> KerasGraph.planes(values, in, out))));
        bias(layer, weights, 1, out, inputs);
        final KerasTensor result = graph.tensor("Conv", before(layer, name), output(layer, window, x, out), inputs, attributes(window, x.shape(), groups));
        return activations.named(layer, name, result);
    }

    /** Channel c and kernel q of its {@code m} become channel {@code c m + q}. */
    private List<String> depthwiseInputs(final KerasLayer layer, final KerasTensor x, final KerasWeights weights, final Window window, final int multiplier) throws IOException {
        final int in = x.shape().channels();
        final int[] side = window.side();
        return new ArrayList<>(List.of(x.name(), graph.weight(layer, weights.of(layer, 0, "depthwise_kernel", KERNEL), "depthwise kernel",
            List.of((long)side[0], (long)side[1], (long)in, (long)multiplier), new long[]{(long)in * multiplier, 1, side[0], side[1]},
            values -> KerasGraph.planes(values, 1, in * multiplier))));
    }

    private KerasTensor depthwise(final KerasLayer layer, final String name, final KerasTensor x, final KerasWeights weights) throws IOException {
        requirePlanes(layer, x);
        final Window window = Window.of(layer.settings(), "kernel_size", 0);
        final int multiplier = Math.max(1, layer.settings().whole("depth_multiplier", 1));
        final KerasShape shape = output(layer, window, x, Math.multiplyExact(x.shape().channels(), multiplier));
        final List<String> inputs = depthwiseInputs(layer, x, weights, window, multiplier);
        bias(layer, weights, 1, shape.channels(), inputs);
        final KerasTensor result = graph.tensor("Conv", before(layer, name), shape, inputs, attributes(window, x.shape(), x.shape().channels()));
        return activations.named(layer, name, result);
    }

    private KerasTensor separable(final KerasLayer layer, final String name, final KerasTensor x, final KerasWeights weights) throws IOException {
        requirePlanes(layer, x);
        final Window window = Window.of(layer.settings(), "kernel_size", 0);
        final int multiplier = Math.max(1, layer.settings().whole("depth_multiplier", 1));
        final int out = filters(layer, "filters");
        final KerasShape shape = output(layer, window, x, Math.multiplyExact(x.shape().channels(), multiplier));
        final KerasTensor each = graph.tensor("Conv", name + "/depthwise", shape, depthwiseInputs(layer, x, weights, window, multiplier),
            attributes(window, x.shape(), x.shape().channels()));
        final int in = shape.channels();
        final var inputs = new ArrayList<>(List.of(each.name(), graph.weight(layer, weights.of(layer, 1, "pointwise_kernel"), "pointwise kernel",
            List.of(1L, 1L, (long)in, (long)out), new long[]{out, in, 1, 1}, values -> KerasGraph.planes(values, in, out))));
        bias(layer, weights, 2, out, inputs);
        final KerasTensor result = graph.tensor("Conv", before(layer, name), KerasShape.planes(out, shape.height(), shape.width()), inputs);
        return activations.named(layer, name, result);
    }

    private KerasTensor dense(final KerasLayer layer, final String name, final KerasTensor x, final KerasWeights weights) throws IOException {
        final int out = filters(layer, "units");
        final int in = x.shape().channels();
        final boolean planes = x.shape().planes(); // at each position
        final var inputs = new ArrayList<>(List.of(x.name(), graph.weight(layer, weights.of(layer, 0, KERNEL), KERNEL, List.of((long)in, (long)out),
            planes ? new long[]{out, in, 1, 1} : new long[]{in, out}, values -> planes ? KerasGraph.planes(values, in, out) : values)));
        bias(layer, weights, 1, out, inputs);
        final KerasShape shape = planes ? KerasShape.planes(out, x.shape().height(), x.shape().width()) : KerasShape.row(out);
        return activations.named(layer, name, graph.tensor(planes ? "Conv" : "Gemm", before(layer, name), shape, inputs));
    }

    private KerasTensor pool(final KerasLayer layer, final String operator, final String name, final KerasTensor x) throws KerasException {
        requirePlanes(layer, x);
        final Window window = Window.of(layer.settings(), "pool_size", 2);
        return graph.tensor(operator, name, output(layer, window, x, x.shape().channels()), List.of(x.name()), Attribute.of("kernel_shape", Window.longs(window.side())),
            Attribute.of("strides", Window.longs(window.stride())), Attribute.of("pads", window.pads(x.shape())));
    }

    private KerasTensor global(final KerasLayer layer, final String operator, final String name, final KerasTensor x) throws KerasException {
        requirePlanes(layer, x);
        final int channels = x.shape().channels();
        if (layer.settings().truth("keepdims", false)) {
            return graph.tensor(operator, name, KerasShape.planes(channels, 1, 1), List.of(x.name()));
        }
        final String kept = graph.node(operator, name + "/kept", List.of(x.name()));
        return graph.tensor("Flatten", name, KerasShape.row(channels), List.of(kept), Attribute.of("axis", 1));
    }
}
