package org.spectralsignatures.network.keras;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.spectralsignatures.network.onnx.OnnxGraphWriter.Attribute;

/** Layers that scale and shift channels. */
final class KerasScalings {

    /** What Keras's Normalization divides by at least. */
    private static final double LEAST = 1e-7;

    private final KerasGraph graph;

    KerasScalings(final KerasGraph graph) {
        this.graph = graph;
    }

    /** @return the result; null if the layer is none of these */
    KerasTensor layer(final KerasLayer layer, final String name, final KerasTensor x, final KerasWeights weights) throws IOException {
        return switch (layer.type()) {
            case "BatchNormalization" -> batchNormalization(layer, name, x, weights);
            case "Rescaling" -> rescaling(layer, name, x);
            case "Normalization" -> normalization(layer, name, x, weights);
            default -> null;
        };
    }

    /** The last axis, counted from either end. */
    private static void requireLast(final KerasLayer layer, final KerasTensor x) throws KerasException {
        final Object axis = layer.settings().get("axis") instanceof List<?> list && list.size() == 1 ? list.get(0) : layer.settings().get("axis");
        final int last = x.shape().planes() ? 3 : 1;
        if (axis != null && !axis.equals(-1) && !axis.equals(last)) {
            throw layer.settings().wrong("goes along the axis %s, but along the last one is read".formatted(KerasException.shown(axis)));
        }
    }

    private KerasTensor batchNormalization(final KerasLayer layer, final String name, final KerasTensor x, final KerasWeights weights) throws IOException {
        requireLast(layer, x);
        final int channels = x.shape().channels();
        final var inputs = new ArrayList<>(List.of(x.name()));
        int index = 0;
        if (layer.settings().truth("scale", true)) {
            inputs.add(row(layer, weights, index++, "gamma", channels));
        } else {
            inputs.add(filled(name + "/ones", channels, 1));
        }
        if (layer.settings().truth("center", true)) {
            inputs.add(row(layer, weights, index++, "beta", channels));
        } else {
            inputs.add(filled(name + "/zeros", channels, 0));
        }
        inputs.add(row(layer, weights, index++, "moving_mean", channels));
        inputs.add(row(layer, weights, index, "moving_variance", channels));
        return graph.tensor("BatchNormalization", name, x.shape(), inputs, Attribute.of("epsilon", layer.settings().real("epsilon", 1e-3)));
    }

    private String row(final KerasLayer layer, final KerasWeights weights, final int index, final String what, final int channels) throws IOException {
        return graph.weight(layer, weights.of(layer, index, what), what, List.of((long)channels), new long[]{channels}, values -> values);
    }

    private String filled(final String name, final int channels, final float value) {
        final var values = new float[channels];
        Arrays.fill(values, value);
        return graph.perChannel(name, KerasShape.row(channels), values);
    }

    private KerasTensor rescaling(final KerasLayer layer, final String name, final KerasTensor x) throws KerasException {
        final float[] scale = numbers(layer, layer.settings().reals("scale"), x.shape().channels(), 1);
        final float[] offset = numbers(layer, layer.settings().reals("offset"), x.shape().channels(), 0);
        final String scaled = graph.node("Mul", name + "/scaled", List.of(x.name(), graph.perChannel(name + "/scale", x.shape(), scale)));
        return graph.tensor("Add", name, x.shape(), List.of(scaled, graph.perChannel(name + "/offset", x.shape(), offset)));
    }

    private static float[] numbers(final KerasLayer layer, final List<Double> numbers, final int channels, final double otherwise) throws KerasException {
        final var all = new float[channels];
        if (numbers != null && numbers.size() != 1 && numbers.size() != channels) {
            throw layer.settings().wrong("has %d numbers for %d channels".formatted(numbers.size(), channels));
        }
        for (int i = 0; i < channels; i++) {
            all[i] = (float)(numbers == null ? otherwise : numbers.get(numbers.size() == 1 ? 0 : i).doubleValue());
        }
        return all;
    }

    private KerasTensor normalization(final KerasLayer layer, final String name, final KerasTensor x, final KerasWeights weights) throws IOException {
        requireLast(layer, x);
        if (layer.settings().truth("invert", false)) {
            throw layer.settings().wrong("is inverted, which is not read");
        }
        final int channels = x.shape().channels();
        final boolean told = layer.settings().has("mean");
        final float[] means = told ? numbers(layer, layer.settings().reals("mean"), channels, 0) : KerasGraph.values(layer, weights.of(layer, 0, "mean"), "mean", channels);
        final float[] variances = told ? numbers(layer, layer.settings().reals("variance"), channels, 1)
            : KerasGraph.values(layer, weights.of(layer, 1, "variance"), "variance", channels);
        for (int i = 0; i < channels; i++) {
            variances[i] = (float)Math.max(Math.sqrt(variances[i]), LEAST);
        }
        final String centred = graph.node("Sub", name + "/centred", List.of(x.name(), graph.perChannel(name + "/means", x.shape(), means)));
        return graph.tensor("Div", name, x.shape(), List.of(centred, graph.perChannel(name + "/deviations", x.shape(), variances)));
    }
}
