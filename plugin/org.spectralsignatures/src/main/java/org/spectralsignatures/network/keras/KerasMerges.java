package org.spectralsignatures.network.keras;

import java.util.List;

import org.spectralsignatures.network.onnx.OnnxGraphWriter.Attribute;

/** Layers that take several tensors. */
final class KerasMerges {

    private final KerasGraph graph;

    KerasMerges(final KerasGraph graph) {
        this.graph = graph;
    }

    /** @return the result; null if the layer is none of these */
    KerasTensor layer(final KerasLayer layer, final String name, final List<KerasTensor> all) throws KerasException {
        return switch (layer.type()) {
            case "Add" -> merged(layer, "Sum", name, all);
            case "Average" -> merged(layer, "Mean", name, all);
            case "Maximum" -> merged(layer, "Max", name, all);
            case "Minimum" -> merged(layer, "Min", name, all);
            case "Multiply" -> chain(layer, "Mul", name, all);
            case "Subtract" -> chain(layer, "Sub", name, all);
            case "Concatenate" -> concatenated(layer, name, all);
            default -> null;
        };
    }

    private KerasTensor merged(final KerasLayer layer, final String operator, final String name, final List<KerasTensor> all) throws KerasException {
        return graph.tensor(operator, name, shape(layer, all), KerasGraph.names(all));
    }

    private KerasTensor chain(final KerasLayer layer, final String operator, final String name, final List<KerasTensor> all) throws KerasException {
        final KerasShape shape = shape(layer, all);
        String last = all.get(0).name();
        for (int i = 1; i < all.size(); i++) {
            last = graph.node(operator, i == all.size() - 1 ? name : name + "/" + i, List.of(last, all.get(i).name()));
        }
        return new KerasTensor(last, shape);
    }

    /** Sides are the same, or 1. */
    private static KerasShape shape(final KerasLayer layer, final List<KerasTensor> all) throws KerasException {
        KerasShape shape = all.get(0).shape();
        for (KerasTensor tensor : all) {
            final KerasShape other = tensor.shape();
            if (all.size() < 2 || shape.planes() != other.planes() || !fits(shape.channels(), other.channels()) || !fits(shape.height(), other.height())
                || !fits(shape.width(), other.width())) {
                throw layer.settings().wrong("takes what does not fit together: %s and %s".formatted(shape, other));
            }
            shape = new KerasShape(shape.planes(), Math.max(shape.channels(), other.channels()), Math.max(shape.height(), other.height()), Math.max(shape.width(), other.width()));
        }
        return shape;
    }

    private static boolean fits(final int a, final int b) {
        return a == b || a == 1 || b == 1;
    }

    private KerasTensor concatenated(final KerasLayer layer, final String name, final List<KerasTensor> all) throws KerasException {
        final Object axis = layer.settings().get("axis");
        final KerasShape first = all.get(0).shape();
        if (axis != null && !axis.equals(-1) && !axis.equals(first.planes() ? 3 : 1)) {
            throw layer.settings().wrong("goes along the axis %s, but along the last one is read".formatted(KerasException.shown(axis)));
        }
        int channels = 0;
        for (KerasTensor tensor : all) {
            final KerasShape shape = tensor.shape();
            if (shape.planes() != first.planes() || shape.height() != first.height() || shape.width() != first.width()) {
                throw layer.settings().wrong("takes what does not fit together: %s and %s".formatted(first, shape));
            }
            channels = Math.addExact(channels, shape.channels());
        }
        return graph.tensor("Concat", name, new KerasShape(first.planes(), channels, first.height(), first.width()), KerasGraph.names(all), Attribute.of("axis", 1));
    }
}
