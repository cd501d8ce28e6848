package org.spectralsignatures.network.keras;

import java.util.List;
import java.util.Map;

import org.spectralsignatures.network.onnx.OnnxGraphWriter.Attribute;

/** Activations: those that layers name in a setting, and those that are layers. */
final class KerasActivations {

    private final KerasGraph graph;

    /** Whether Keras 3 or later wrote the file, whose {@code hard_sigmoid} is another one. */
    private final boolean third;

    KerasActivations(final KerasGraph graph, final boolean third) {
        this.graph = graph;
        this.third = third;
    }

    /** @return name of an activation in a layer's settings, {@code linear} if there is none */
    private static String named(final KerasSettings layer) throws KerasException {
        final Object value = layer.get("activation");
        if (value == null) {
            return "linear";
        }
        if (value instanceof Map<?, ?> map && "function".equals(map.get("class_name")) && map.get("config") instanceof String name) {
            return name;
        }
        if (value instanceof String name) {
            return name;
        }
        throw layer.wrong("has the activation %s, which is not read".formatted(KerasException.shown(value)) + KerasException.ADVICE);
    }

    /** @return whether the layer's settings name an activation that does something */
    static boolean isActive(final KerasSettings layer) throws KerasException {
        return !named(layer).equals("linear");
    }

    /** @return what the activation that the layer's settings name makes of a tensor */
    KerasTensor named(final KerasLayer layer, final String name, final KerasTensor x) throws KerasException {
        final String activation = named(layer.settings());
        return switch (activation) {
            case "linear" -> x;
            case "relu" -> same("Relu", name, x);
            case "relu6" -> relu(name, x, 0, 6);
            case "leaky_relu" -> relu(name, x, .2, Double.POSITIVE_INFINITY);
            case "elu" -> same("Elu", name, x, Attribute.of("alpha", 1.));
            case "selu" -> same("Selu", name, x);
            case "sigmoid" -> same("Sigmoid", name, x);
            case "tanh" -> same("Tanh", name, x);
            case "exponential" -> same("Exp", name, x);
            case "softplus" -> same("Softplus", name, x);
            case "softsign" -> same("Softsign", name, x);
            case "softmax" -> softmax(layer, name, x);
            case "swish", "silu" -> gated(name, x, graph.node("Sigmoid", name + "/gate", List.of(x.name())));
            case "hard_sigmoid" -> third ? hard(name, x) : same("HardSigmoid", name, x, Attribute.of("alpha", .2), Attribute.of("beta", .5));
            case "hard_silu", "hard_swish" -> gated(name, x, hard(name + "/gate", x).name());
            case "gelu" -> gelu(name, x);
            default -> throw layer.settings().wrong("has the activation '%s', which is not read".formatted(KerasException.shown(activation)) + KerasException.ADVICE);
        };
    }

    private KerasTensor same(final String operator, final String name, final KerasTensor x, final Attribute... attributes) {
        return graph.tensor(operator, name, x.shape(), List.of(x.name()), attributes);
    }

    private KerasTensor gated(final String name, final KerasTensor x, final String gate) {
        return graph.tensor("Mul", name, x.shape(), List.of(x.name(), gate));
    }

    private KerasTensor hard(final String name, final KerasTensor x) {
        return same("HardSigmoid", name, x, Attribute.of("alpha", 1. / 6), Attribute.of("beta", .5));
    }

    private KerasTensor gelu(final String name, final KerasTensor x) {
        final String scaled = graph.node("Mul", name + "/scaled", List.of(x.name(), graph.number(Math.sqrt(.5))));
        final String error = graph.node("Erf", name + "/erf", List.of(scaled));
        final String gate = graph.node("Mul", name + "/gate", List.of(graph.node("Add", name + "/shifted", List.of(error, graph.number(1))), graph.number(.5)));
        return gated(name, x, gate);
    }

    /** ONNX's softmax goes over one side: channels, which are the second. */
    private KerasTensor softmax(final KerasLayer layer, final String name, final KerasTensor x) throws KerasException {
        final Object axis = layer.settings().get("axis");
        if (axis != null && !axis.equals(-1)) {
            throw layer.settings().wrong("goes over the axis %s, but over the last one is read".formatted(KerasException.shown(axis)));
        }
        return same("Softmax", name, x, Attribute.of("axis", 1));
    }

    private KerasTensor relu(final String name, final KerasTensor x, final double slope, final double most) {
        if (slope == 0 && Double.isInfinite(most)) {
            return same("Relu", name, x);
        }
        if (slope == 0) {
            return graph.tensor("Clip", name, x.shape(), List.of(x.name(), graph.number(0), graph.number(most)));
        }
        if (Double.isInfinite(most)) {
            return same("LeakyRelu", name, x, Attribute.of("alpha", slope));
        }
        final String leaky = graph.node("LeakyRelu", name + "/leaky", List.of(x.name()), Attribute.of("alpha", slope));
        return graph.tensor("Min", name, x.shape(), List.of(leaky, graph.number(most)));
    }

    /** @return what a layer that is an activation makes of a tensor; null if it is none */
    KerasTensor layer(final KerasLayer layer, final String name, final KerasTensor x) throws KerasException {
        final KerasSettings settings = layer.settings();
        return switch (layer.type()) {
            case "Activation" -> named(layer, name, x);
            case "ReLU" -> {
                if (settings.real("threshold", 0) != 0) {
                    throw settings.wrong("has a threshold, which is not read");
                }
                yield relu(name, x, settings.real("negative_slope", 0), settings.real("max_value", Double.POSITIVE_INFINITY));
            }
            case "LeakyReLU" -> relu(name, x, settings.real("negative_slope", settings.real("alpha", .3)), Double.POSITIVE_INFINITY);
            case "ELU" -> same("Elu", name, x, Attribute.of("alpha", settings.real("alpha", 1)));
            case "Softmax" -> softmax(layer, name, x);
            default -> null;
        };
    }
}
