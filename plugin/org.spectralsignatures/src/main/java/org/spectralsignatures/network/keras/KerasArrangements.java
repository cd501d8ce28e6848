package org.spectralsignatures.network.keras;

import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.network.onnx.OnnxGraphWriter.Attribute;

/** Layers that arrange values: they are counted as Keras does it, position by position, while the graph has them channel by channel. */
final class KerasArrangements {

    private static final long[] TO_PIXELS = {0, 2, 3, 1};

    private static final long[] TO_PLANES = {0, 3, 1, 2};

    private final KerasGraph graph;

    KerasArrangements(final KerasGraph graph) {
        this.graph = graph;
    }

    /** @return the result; null if the layer is none of these */
    KerasTensor layer(final KerasLayer layer, final String name, final KerasTensor x) throws KerasException {
        try {
            return switch (layer.type()) {
                case "Flatten" -> flatten(name, x);
                case "Reshape" -> reshape(layer, name, x);
                case "ZeroPadding2D" -> pad(layer, name, x);
                case "Cropping2D" -> crop(layer, name, x);
                case "UpSampling2D" -> enlarge(layer, name, x);
                default -> null;
            };
        } catch (IllegalArgumentException e) {
            throw layer.settings().wrong(e.getMessage());
        }
    }

    private KerasTensor flatten(final String name, final KerasTensor x) {
        return x.shape().planes() ? graph.tensor("Flatten", name, KerasShape.row(x.shape().size()), List.of(pixels(name, x)), Attribute.of("axis", 1)) : x;
    }

    /** @return name of a tensor with the channels last, where that is another order of the values */
    private String pixels(final String name, final KerasTensor x) {
        return x.shape().height() * x.shape().width() == 1 || x.shape().channels() == 1 ? x.name()
            : graph.node("Transpose", name + "/pixels", List.of(x.name()), Attribute.of("perm", TO_PIXELS));
    }

    private KerasTensor reshape(final KerasLayer layer, final String name, final KerasTensor x) throws KerasException {
        final List<Integer> target = target(layer, x.shape().size());
        final String values = x.shape().planes() ? pixels(name, x) : x.name();
        if (target.size() == 1) {
            return graph.tensor("Flatten", name, KerasShape.row(target.get(0)), List.of(values), Attribute.of("axis", 1));
        }
        if (target.size() != 3) {
            throw layer.settings().wrong("gives %d sides, but images (3) and rows (1) are read".formatted(target.size()));
        }
        final var shape = KerasShape.planes(target.get(2), target.get(0), target.get(1));
        final String sides = graph.numbers(name + "/sides", 0, shape.height(), shape.width(), shape.channels());
        final String shaped = graph.node("Reshape", name + "/shaped", List.of(values, sides));
        return graph.tensor("Transpose", name, shape, List.of(shaped), Attribute.of("perm", TO_PLANES));
    }

    private static List<Integer> target(final KerasLayer layer, final int size) throws KerasException {
        final var target = new ArrayList<Integer>();
        long known = 1;
        int open = -1;
        for (Object side : layer.settings().get("target_shape") instanceof List<?> list ? list : List.of()) {
            if (!(side instanceof Integer number) || number < -1 || number == 0 || number > KerasSettings.MOST * 256 || number == -1 && open >= 0 || target.size() > 8) {
                throw layer.settings().wrong("has the target shape %s, which is not read".formatted(KerasException.shown(layer.settings().get("target_shape"))));
            }
            open = number == -1 ? target.size() : open;
            known = Math.min(Integer.MAX_VALUE, number == -1 ? known : known * number);
            target.add(number);
        }
        if (open >= 0) {
            target.set(open, (int)(size / known));
            known *= size / known;
        }
        if (known != size) {
            throw layer.settings().wrong("gives %s, but gets %d values".formatted(target, size));
        }
        return target;
    }

    private KerasTensor pad(final KerasLayer layer, final String name, final KerasTensor x) throws KerasException {
        KerasConvolutions.requirePlanes(layer, x);
        final int[][] edges = layer.settings().edges("padding");
        final KerasShape shape = x.shape();
        final String zeros = graph.numbers(name + "/zeros", 0, 0, edges[0][0], edges[1][0], 0, 0, edges[0][1], edges[1][1]);
        return graph.tensor("Pad", name, KerasShape.planes(shape.channels(), shape.height() + edges[0][0] + edges[0][1], shape.width() + edges[1][0] + edges[1][1]),
            List.of(x.name(), zeros));
    }

    private KerasTensor crop(final KerasLayer layer, final String name, final KerasTensor x) throws KerasException {
        KerasConvolutions.requirePlanes(layer, x);
        final int[][] edges = layer.settings().edges("cropping");
        final KerasShape shape = x.shape();
        final var cropped = KerasShape.planes(shape.channels(), shape.height() - edges[0][0] - edges[0][1], shape.width() - edges[1][0] - edges[1][1]);
        return graph.tensor("Slice", name, cropped, List.of(x.name(), graph.numbers(name + "/starts", edges[0][0], edges[1][0]),
            graph.numbers(name + "/ends", edges[0][0] + cropped.height(), edges[1][0] + cropped.width()), graph.numbers(name + "/axes", 2, 3)));
    }

    private KerasTensor enlarge(final KerasLayer layer, final String name, final KerasTensor x) throws KerasException {
        KerasConvolutions.requirePlanes(layer, x);
        final int[] size = layer.settings().pair("size", 2);
        if (!layer.settings().text("interpolation", "nearest").equals("nearest")) {
            throw layer.settings().wrong("has the interpolation '%s', but nearest is read".formatted(KerasException.shown(layer.settings().get("interpolation"))));
        }
        final KerasShape shape = x.shape();
        final var larger = KerasShape.planes(shape.channels(), Math.multiplyExact(shape.height(), size[0]), Math.multiplyExact(shape.width(), size[1]));
        final String scales = graph.writer().floats(name + "/scales", new long[]{4}, () -> java.nio.FloatBuffer.wrap(new float[]{1, 1, size[0], size[1]}));
        return graph.tensor("Resize", name, larger, List.of(x.name(), "", scales), Attribute.of("mode", "nearest"), Attribute.of("nearest_mode", "floor"),
            Attribute.of("coordinate_transformation_mode", "asymmetric"));
    }
}
