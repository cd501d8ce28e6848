package org.spectralsignatures.network.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.onnx.OnnxGraphWriter.Attribute;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Parameter;
import org.spectralsignatures.network.plan.Step;

/** The steps of a plan as operations of ONNX, opset {@value #OPSET}; the result of each step has its name. */
final class OnnxSteps {

    /** Version of ONNX's operators that is written: PyTorch's own default for years, and read by all that read ONNX. */
    static final int OPSET = 13;

    private static final int HALVES = 2;

    private final OnnxGraphWriter graph;

    private final Map<String, Parameter> parameters = new HashMap<>();

    private final Map<String, FloatBuffer> values = new HashMap<>();

    OnnxSteps(final OnnxGraphWriter graph, final NetworkPlan plan, final FloatBuffer all) {
        this.graph = graph;
        int from = all.position();
        for (Parameter parameter : plan.parameters()) {
            parameters.put(parameter.name(), parameter);
            values.put(parameter.name(), all.slice(from, (int)parameter.size()));
            from += (int)parameter.size();
        }
    }

    /**
     * @param step of the plan
     * @param input name of the tensor that it takes
     * @param shape of an image's values there
     */
    void add(final Step step, final String input, final ImageShape shape) {
        if (step instanceof Step.Convolution convolution) {
            convolution(step.name(), input, step.name() + "_W", shape, convolution.side(), convolution.stride());
        } else if (step instanceof Step.NormActivation activation) {
            normActivation(step.name(), step.name() + "_", "", input, activation.norm());
        } else if (step instanceof Step.ResidualUnit unit) {
            unit(unit, input, shape);
        } else if (step instanceof Step.MaxPooling) {
            graph.node("MaxPool", step.name(), List.of(input), Attribute.of("kernel_shape", pair(2)), Attribute.of("strides", pair(2)));
        } else if (step instanceof Step.PaddedMaxPooling pooling) {
            graph.node("MaxPool", step.name(), List.of(input), Attribute.of("kernel_shape", pair(pooling.side())), Attribute.of("strides", pair(2)),
                Attribute.of("pads", pads(shape, pooling.side(), 2)));
        } else if (step instanceof Step.GlobalAveragePooling) {
            graph.node("GlobalAveragePool", step.name(), List.of(input));
        } else if (step instanceof Step.Softmax) {
            softmax(step.name(), input);
        } else {
            throw new IllegalArgumentException("The step '%s' cannot be written as ONNX.".formatted(step.name()));
        }
    }

    private static long[] pair(final long value) {
        return new long[]{value, value};
    }

    private String parameter(final String name) {
        return graph.floats(name, parameters.get(name).shape(), values.get(name));
    }

    /** Zeros around the image as in TensorFlow's "SAME": above and below, left and right, and where they are odd one more behind. */
    private String convolution(final String name, final String input, final String kernels, final ImageShape shape, final int side, final int stride) {
        return graph.node("Conv", name, List.of(input, parameter(kernels)), Attribute.of("kernel_shape", pair(side)), Attribute.of("strides", pair(stride)),
            Attribute.of("pads", pads(shape, side, stride)));
    }

    private static long[] pads(final ImageShape shape, final int side, final int stride) {
        final int vertical = zeros(shape.height(), side, stride);
        final int horizontal = zeros(shape.width(), side, stride);
        return new long[]{vertical / 2, horizontal / 2, vertical - vertical / 2, horizontal - horizontal / 2};
    }

    private static int zeros(final int length, final int side, final int stride) {
        return Math.max(0, ((length + stride - 1) / stride - 1) * stride + side - length);
    }

    private String normActivation(final String name, final String prefix, final String suffix, final String input, final Normalisation norm) {
        final var inputs = new ArrayList<>(List.of(input));
        for (String parameter : List.of("gamma", "beta", "mean", "var")) {
            inputs.add(parameter(prefix + parameter + suffix));
        }
        final String normalised = graph.node("BatchNormalization", name + "_norm", inputs, Attribute.of("epsilon", norm.eps()));
        return norm.leak() == 0 ? graph.node("Relu", name, List.of(normalised))
            : graph.node("LeakyRelu", name, List.of(normalised), Attribute.of("alpha", norm.leak()));
    }

    private void unit(final Step.ResidualUnit unit, final String input, final ImageShape shape) {
        final String name = unit.name();
        final ImageShape behind = unit.output(shape);
        String branch = input;
        String activated = input;
        for (int half = 1; half <= HALVES; half++) {
            final String activation = normActivation(name + "_activation" + half, name + "_", Integer.toString(half), branch, unit.norm());
            activated = half == 1 ? activation : activated;
            branch = convolution(name + "_convolution" + half, activation, name + "_W" + half, half == 1 ? shape : behind, Step.KERNEL, half == 1 ? unit.stride() : 1);
        }
        final String shortcut = shortcut(unit, unit.activatedShortcut() ? activated : input, shape);
        graph.node("Add", name, List.of(branch, shortcut));
    }

    private String shortcut(final Step.ResidualUnit unit, final String from, final ImageShape shape) {
        if (unit.projection()) {
            return convolution(unit.name() + "_projection", from, unit.name() + "_Wshortcut", shape, 1, unit.stride());
        }
        String shortcut = from;
        if (unit.stride() > 1) {
            shortcut = graph.node("AveragePool", unit.name() + "_average", List.of(shortcut), Attribute.of("kernel_shape", pair(2)), Attribute.of("strides", pair(2)),
                Attribute.of("pads", pads(shape, 2, 2)));
        }
        if (unit.filters() > shape.channels()) {
            final long more = (unit.filters() - shape.channels()) / 2;
            shortcut = graph.node("Pad", unit.name() + "_shortcut", List.of(shortcut, graph.numbers(unit.name() + "_zeros", 0, more, 0, 0, 0, more, 0, 0)));
        }
        return shortcut;
    }

    private void softmax(final String name, final String input) {
        final String flat = graph.node("Flatten", name + "_input", List.of(input), Attribute.of("axis", 1));
        final String logits = graph.node("Gemm", name + "_logits", List.of(flat, parameter(name + "_W"), parameter(name + "_b")), Attribute.of("transB", 1));
        graph.node("Softmax", name, List.of(logits), Attribute.of("axis", 1));
    }
}
