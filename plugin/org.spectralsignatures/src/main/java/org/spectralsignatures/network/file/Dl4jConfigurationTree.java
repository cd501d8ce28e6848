package org.spectralsignatures.network.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.TrainingRecord;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Parameter;
import org.spectralsignatures.network.plan.Step;

/**
 * The {@code configuration.json} of a network as DL4J 1.0.0-M2.1 writes it, as maps in the order of their names. The classes of this
 * extension are named as in its first versions: they stand for kinds of steps, wherever their code lies now.
 */
final class Dl4jConfigurationTree {

    private static final String CLASS = "@class";

    private static final String DL4J = "org.deeplearning4j.nn.";

    private static final String ND4J = "org.nd4j.linalg.";

    private static final String OURS = "org.spectralsignatures.";

    private final NetworkOptions options;

    private final TrainingRecord record;

    private final NetworkPlan plan;

    Dl4jConfigurationTree(final NetworkOptions options, final TrainingRecord record) {
        this.options = options;
        this.record = record;
        plan = options.plan();
    }

    private static Map<String, Object> map(final Object... entries) {
        final var map = new TreeMap<String, Object>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String)entries[i], entries[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> ofClass(final String name, final Object... entries) {
        final Map<String, Object> map = map(entries);
        map.put(CLASS, name);
        return map;
    }

    /** @return the whole */
    Map<String, Object> root() {
        final List<String> names = plan.steps().stream().map(Step::name).toList();
        final List<String> order = new ArrayList<>(List.of(NetworkPlan.INPUT));
        order.addAll(names);
        final Map<String, Object> inputs = new LinkedHashMap<>();
        final Map<String, Object> vertices = new LinkedHashMap<>();
        ImageShape shape = plan.input();
        for (int i = 0; i < names.size(); i++) {
            inputs.put(names.get(i), List.of(order.get(i)));
            final Step step = plan.steps().get(i);
            vertices.put(names.get(i), vertex(step, shape, i > 0));
            shape = step.output(shape);
        }
        return map("backpropType", "Standard", "cacheMode", "NONE", "dataType", "FLOAT", //
            "defaultConfiguration", layerConf(null, plan.parameters().stream().map(Parameter::name).toList()), //
            "epochCount", 0, "inferenceWorkspaceMode", "ENABLED", "iterationCount", record.done(), //
            "networkInputs", List.of(NetworkPlan.INPUT), "networkOutputs", List.of(order.get(names.size())), //
            "tbpttBackLength", 20, "tbpttFwdLength", 20, "topologicalOrder", IntStream.range(0, order.size()).boxed().toList(), //
            "topologicalOrderStr", order, "trainingWorkspaceMode", "ENABLED", "validateOutputLayerConfig", true, //
            "vertexInputs", inputs, "vertices", vertices);
    }

    private Map<String, Object> layerConf(final Map<String, Object> layer, final List<String> variables) {
        return map("cacheMode", "NONE", "dataType", "FLOAT", "epochCount", 0, "iterationCount", 0, "layer", layer, //
            "maxNumLineSearchIterations", 5, "miniBatch", true, "minimize", true, "optimizationAlgo", "STOCHASTIC_GRADIENT_DESCENT", //
            "seed", number(options.seed()), "stepFunction", null, "variables", variables);
    }

    /** Small numbers are read as integers, see {@link org.spectralsignatures.json.JsonParser}. */
    private static Number number(final long value) {
        return value == (int)value ? (Number)(int)value : (Number)value;
    }

    private Map<String, Object> vertex(final Step step, final ImageShape input, final boolean inner) {
        final Map<String, Object> layer = layer(step, inner);
        layer.putAll(map("constraints", null, "gradientNormalization", "None", "idropout", null, "layerName", step.name()));
        final List<Parameter> parameters = step.parameters(input);
        layer.put("gradientNormalizationThreshold", parameters.isEmpty() ? 0. : 1.);
        if (!parameters.isEmpty()) {
            trained(layer, step.output(input).channels(), input.channels());
        }
        final int prefix = step.name().length() + 1;
        return ofClass(DL4J + "conf.graph.LayerVertex", "layerConf", layerConf(layer, parameters.stream().map(p -> p.name().substring(prefix)).toList()),
            "outputVertex", false, "preProcessor", null);
    }

    private void trained(final Map<String, Object> layer, final int filters, final int channels) {
        final double decay = options.weightDecay();
        layer.putAll(map("biasInit", 0., "biasUpdater", null, "nin", channels, "nout", filters, //
            "regularization", decay == 0 ? List.of() : List.of(ofClass(ND4J + "learning.regularization.L2Regularization", //
                "l2", ofClass(ND4J + "schedule.FixedSchedule", "value", decay))), //
            "regularizationBias", List.of(), "timeDistributedFormat", null, "weightNoise", null, //
            "iupdater", ofClass(OURS + "training.HeavyBall", "momentum", record.momentum(), //
                "schedule", ofClass(OURS + "training.RateSchedule", "peak", record.peak(), "shape", record.schedule(), "steps", record.steps()))));
        layer.putIfAbsent("gainInit", 1.);
        layer.putIfAbsent("weightInitFn", ofClass(DL4J + "weights.WeightInitXavier"));
    }

    private static Map<String, Object> layer(final Step step, final boolean inner) {
        if (step instanceof Step.Convolution convolution) {
            return convolution(convolution, inner);
        }
        if (step instanceof Step.NormActivation activation) {
            return activation(activation.norm());
        }
        if (step instanceof Step.ResidualUnit unit) {
            return ofClass(OURS + "network.layers.ResidualUnit", "activatedShortcut", unit.activatedShortcut(), "activationFn", function("Identity"), //
                "decay", unit.norm().decay(), "eps", unit.norm().eps(), "gainInit", 0., "leak", unit.norm().leak(), "stride", unit.stride());
        }
        if (step instanceof Step.MaxPooling) {
            return ofClass(DL4J + "conf.layers.SubsamplingLayer", "avgPoolIncludePadInDivisor", false, "cnn2dDataFormat", "NHWC", //
                "convolutionMode", "Truncate", "cudnnAllowFallback", true, "dilation", List.of(1, 1), "eps", 1e-8, "kernelSize", List.of(2, 2), //
                "padding", List.of(0, 0), "pnorm", 0, "poolingType", "MAX", "stride", List.of(2, 2));
        }
        if (step instanceof Step.GlobalAveragePooling) {
            return ofClass(DL4J + "conf.layers.GlobalPoolingLayer", "collapseDimensions", true, "pnorm", 2, "poolingDimensions", List.of(1, 2),
                "poolingType", "AVG");
        }
        return ofClass(DL4J + "conf.layers.OutputLayer", "activationFn", function("Softmax"), "hasBias", true, //
            "lossFn", ofClass(OURS + "training.CountingCrossEntropy", "softmaxClipEps", 1e-10), //
            "weightInitFn", ofClass(DL4J + "weights.WeightInitLecunUniform"));
    }

    private static Map<String, Object> function(final String name) {
        return ofClass(ND4J + "activations.impl.Activation" + name);
    }

    private static Map<String, Object> convolution(final Step.Convolution step, final boolean inner) {
        return ofClass(OURS + "network.layers.ImageConvolution", "activationFn", function("Identity"), "cnn2dDataFormat", "NHWC", //
            "convolutionMode", "Same", "cudnnAlgoMode", "PREFER_FASTEST", "cudnnAllowFallback", true, "cudnnBwdDataAlgo", null, //
            "cudnnBwdFilterAlgo", null, "cudnnFwdAlgo", null, "dilation", List.of(1, 1), "hasBias", false, "inner", inner, //
            "kernelSize", List.of(Step.KERNEL, Step.KERNEL), "padding", List.of(0, 0), "stride", List.of(1, 1), "weightInitFn", start(step));
    }

    private static Map<String, Object> start(final Step.Convolution step) {
        if (step.start() == Step.Start.FAN_IN) {
            return ofClass(DL4J + "weights.WeightInitRelu");
        }
        final Map<String, Object> normal = new LinkedHashMap<>();
        normal.put("type", DL4J + "conf.distribution.NormalDistribution");
        normal.put("mean", 0.);
        normal.put("std", Math.sqrt(2.0 / (Step.KERNEL * Step.KERNEL * step.filters())));
        return ofClass(DL4J + "weights.WeightInitDistribution", "distribution", normal);
    }

    private static Map<String, Object> activation(final Normalisation norm) {
        return ofClass(OURS + "network.layers.BatchNormLeakyReLU", "activationFn", function("Sigmoid"), "beta", 0., "cnn2DFormat", "NHWC", //
            "cudnnAllowFallback", true, "decay", norm.decay(), "eps", norm.eps(), "gamma", 1., "leak", norm.leak(), "lockGammaBeta", false, //
            "minibatch", true, "useLogStd", false);
    }
}
