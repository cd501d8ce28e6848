package org.spectralsignatures.network.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.spectralsignatures.network.onnx.OnnxModel.Node;
import org.spectralsignatures.network.onnx.OnnxModel.Value;

/** How the tensors of a model hang together: which ones depend on the images, how their values lie, and what the classifier takes. */
final class OnnxGraph {

    /** Operators whose result has the values of what they take, in the same or another shape. */
    private static final String[] SAME_VALUES = {"Identity", "Dropout", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Cast"};

    /** Operators that ONNX defines on images in the order NCHW, and that give such. */
    private static final String[] ON_PLANES = {"Conv", "ConvInteger", "QLinearConv", "ConvTranspose", "BatchNormalization", "InstanceNormalization", "MaxPool",
        "AveragePool", "LpPool", "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "LRN", "GroupNormalization", "DepthToSpace", "SpaceToDepth"};

    private static final List<Long> TO_PLANES = List.of(0L, 3L, 1L, 2L);

    private static final List<Long> TO_PIXELS = List.of(0L, 2L, 3L, 1L);

    private final OnnxModel model;

    private final Map<String, Node> producers = new HashMap<>();

    /** Tensors that depend on the images, in the order in which they are computed. */
    private final Set<String> dependent = new LinkedHashSet<>();

    OnnxGraph(final OnnxModel model) {
        this.model = model;
        model.nodes().forEach(node -> node.outputs().forEach(output -> producers.put(output, node)));
        final Set<String> all = new HashSet<>();
        model.inputs().forEach(input -> all.add(input.name()));
        for (Node node : model.nodes()) {
            if (node.inputs().stream().anyMatch(all::contains) || node.outer().stream().anyMatch(all::contains)) {
                node.outputs().stream().filter(output -> !output.isEmpty()).forEach(output -> {
                    all.add(output);
                    dependent.add(output);
                });
            }
        }
    }

    /** @return the images that the model takes */
    Value input() throws OnnxFormatException {
        if (model.inputs().size() != 1) {
            throw new OnnxFormatException("it takes %d inputs (%s), but a network that is read here takes images and nothing else"
                .formatted(model.inputs().size(), OnnxText.shown(String.join(", ", model.inputs().stream().map(Value::name).toList()))));
        }
        return model.inputs().get(0);
    }

    /** @return tensors that may serve as layers: those that depend on the images, but no copies of others */
    List<String> candidates() {
        return dependent.stream().filter(tensor -> {
            final Node node = producers.get(tensor);
            return !node.is("Identity", "Dropout", "Shape", "Size") && !node.outputs().isEmpty();
        }).toList();
    }

    /**
     * @param images how they lie
     * @return how the values of each tensor lie if it has two sides of positions
     */
    Map<String, Layout> layouts(final Layout images) {
        final Map<String, Layout> layouts = new HashMap<>();
        model.inputs().forEach(input -> layouts.put(input.name(), images));
        for (Node node : model.nodes()) {
            final Layout layout = layout(node, layouts);
            node.outputs().stream().filter(dependent::contains).forEach(output -> layouts.put(output, layout));
        }
        return layouts;
    }

    private static Layout layout(final Node node, final Map<String, Layout> layouts) {
        if (node.is(ON_PLANES)) {
            return Layout.NCHW;
        }
        final Layout before = node.inputs().stream().map(layouts::get).filter(layout -> layout != null).findFirst().orElse(Layout.NCHW);
        if (node.is("Transpose")) {
            if (node.order().equals(TO_PLANES) && before == Layout.NHWC) {
                return Layout.NCHW;
            }
            return node.order().equals(TO_PIXELS) && before == Layout.NCHW ? Layout.NHWC : before;
        }
        return before;
    }

    /** @return the tensor whose values these are, before they were only copied or given another shape */
    private String source(final String tensor) {
        String name = tensor;
        for (Node node = producers.get(name); node != null && node.is(SAME_VALUES) && !node.inputs().isEmpty(); node = producers.get(name)) {
            name = node.inputs().get(0);
        }
        return name;
    }

    private Node maker(final String tensor) {
        return producers.get(source(tensor));
    }

    /** @return a candidate with the values of a tensor: itself, or what it is a copy of */
    String listed(final String tensor) {
        String name = tensor;
        for (Node node = producers.get(name); node != null && node.is("Identity", "Dropout") && !node.inputs().isEmpty(); node = producers.get(name)) {
            name = node.inputs().get(0);
        }
        return name;
    }

    /** @return whether the tensor is what a softmax gives */
    boolean isSoftmax(final String tensor) {
        final Node node = maker(tensor);
        return node != null && node.is("Softmax");
    }

    /** @return whether the tensor is what a sigmoid gives */
    boolean isSigmoid(final String tensor) {
        final Node node = maker(tensor);
        return node != null && node.is("Sigmoid", "HardSigmoid");
    }

    /**
     * @param output that tells the classes
     * @return what the last dense layer before it takes, or where there is none the last convolution; null if there is neither
     */
    String representation(final String output) {
        String convolution = null;
        final Set<String> seen = new HashSet<>();
        for (String tensor = output; tensor != null && seen.add(tensor);) {
            final Node node = producers.get(tensor);
            if (node == null) {
                break;
            }
            final String taken = node.inputs().stream().filter(dependent::contains).findFirst().orElse(null);
            if (node.is("Gemm", "MatMul") && taken != null) {
                return taken;
            }
            if (convolution == null && node.is("Conv")) {
                convolution = taken;
            }
            tensor = taken;
        }
        return convolution;
    }
}
