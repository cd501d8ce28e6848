package org.spectralsignatures.network.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.TrainingRecord;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Parameter;
import org.spectralsignatures.network.plan.Step;

/** The {@code configuration.json} of a plan as a graph of DL4J's own layers, with the places of its parameters. */
final class Dl4jModelTree {

    static final String LAYERS = "org.deeplearning4j.nn.conf.layers.";

    static final String VERTICES = "org.deeplearning4j.nn.conf.graph.";

    static final String ACTIVATIONS = "org.nd4j.linalg.activations.impl.Activation";

    /** What the name of a vertex ends with that is a trained 1 x 1 convolution on a shortcut. */
    static final String PROJECTION = "-projection";

    private static final String CLASS = "@class";

    /** Names of the parameters of a layer; DL4J tells by them, and not by useLogStd, whether a normalisation keeps its variance. */
    private static final Map<String, List<String>> VARIABLES = Map.of("ConvolutionLayer", List.of("W"), "BatchNormalization",
        List.of("gamma", "beta", "mean", "var"), "OutputLayer", List.of("W", "b"));

    private static final int NAMES_PER_HALF = 3;

    private final TrainingRecord record;

    private final Map<String, Object> inputs = new LinkedHashMap<>();

    private final Map<String, Object> vertices = new LinkedHashMap<>();

    private final List<String> variables = new ArrayList<>();

    private final Dl4jPieces pieces = new Dl4jPieces();

    Dl4jModelTree(final NetworkPlan plan, final TrainingRecord record) {
        this.record = record;
        ImageShape shape = plan.input();
        String last = NetworkPlan.INPUT;
        for (Step step : plan.steps()) {
            add(step, shape, last);
            shape = step.output(shape);
            last = step.name();
        }
    }

    /** @return what lies where in the vector of parameters */
    Dl4jPieces pieces() {
        return pieces;
    }

    private static Map<String, Object> map(final Object... entries) {
        final Map<String, Object> map = new TreeMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String)entries[i], entries[i + 1]);
        }
        return map;
    }

    /** @return the whole */
    Map<String, Object> root() {
        final List<String> order = new ArrayList<>(List.of(NetworkPlan.INPUT));
        order.addAll(vertices.keySet());
        return map("backpropType", "Standard", "cacheMode", "NONE", "dataType", "FLOAT", "defaultConfiguration", configuration(null, variables), "epochCount", 0, //
            "inferenceWorkspaceMode", "ENABLED", "iterationCount", record.done(), "networkInputs", List.of(NetworkPlan.INPUT), //
            "networkOutputs", List.of(order.get(order.size() - 1)), "tbpttBackLength", 20, "tbpttFwdLength", 20, //
            "topologicalOrder", IntStream.range(0, order.size()).boxed().toList(), "topologicalOrderStr", order, //
            "trainingWorkspaceMode", "ENABLED", "validateOutputLayerConfig", true, "vertexInputs", inputs, "vertices", vertices);
    }

    private Map<String, Object> configuration(final Map<String, Object> layer, final List<String> names) {
        return map("cacheMode", "NONE", "dataType", "FLOAT", "epochCount", 0, "iterationCount", 0, "layer", layer, "maxNumLineSearchIterations", 5, //
            "miniBatch", true, "minimize", true, "optimizationAlgo", "STOCHASTIC_GRADIENT_DESCENT", "seed", record.seed(), "stepFunction", null, //
            "variables", names);
    }

    private void vertex(final String name, final Map<String, Object> layer, final String input) {
        final List<String> names = VARIABLES.getOrDefault(((String)layer.get(CLASS)).substring(LAYERS.length()), List.of());
        vertices.put(name, map(CLASS, VERTICES + "LayerVertex", "layerConf", configuration(layer, names), "outputVertex", false, "preProcessor", null));
        inputs.put(name, List.of(input));
        names.forEach(variable -> variables.add(name + "_" + variable));
    }

    private void add(final Step step, final ImageShape input, final String last) {
        final List<Parameter> parameters = step.parameters(input);
        final String name = step.name();
        if (step instanceof Step.ResidualUnit unit) {
            unit(unit, input, parameters, last);
        } else if (step instanceof Step.NormActivation activation) {
            normActivation(name + "-norm", name, activation.norm(), input.channels(), last);
            pieces.add(parameters);
        } else {
            vertex(name, layer(step, input), last);
            pieces.add(parameters);
        }
    }

    private void normActivation(final String norm, final String activation, final Normalisation constants, final int channels, final String last) {
        vertex(norm, norm(norm, constants, channels), last);
        vertex(activation, layer("ActivationLayer", activation, "activationFn", rectifier(constants.leak())), norm);
    }

    private void unit(final Step.ResidualUnit unit, final ImageShape input, final List<Parameter> parameters, final String last) {
        final String name = unit.name();
        final int channels = input.channels();
        final String[] act = {last, name + "-activation1", name + "-activation2"};
        String branch = last;
        for (int half = 1; half <= 2; half++) {
            final int before = half == 1 ? channels : unit.filters();
            final String convolution = name + "-convolution" + half;
            normActivation(name + "-norm" + half, act[half], unit.norm(), before, branch);
            vertex(convolution, convolution(convolution, Step.KERNEL, half == 1 ? unit.stride() : 1, before, unit.filters()), act[half]);
            pieces.add(half(parameters, half));
            branch = convolution;
        }
        final String shortcut = unit.projection() ? projection(unit, channels, parameters, act[1])
            : shortcut(unit, input, unit.activatedShortcut() ? act[1] : last);
        vertices.put(name, map(CLASS, VERTICES + "ElementWiseVertex", "op", "Add"));
        inputs.put(name, List.of(branch, shortcut));
    }

    private String projection(final Step.ResidualUnit unit, final int channels, final List<Parameter> parameters, final String from) {
        final String name = unit.name() + PROJECTION;
        vertex(name, convolution(name, 1, unit.stride(), channels, unit.filters()), from);
        pieces.add(projection(parameters));
        return name;
    }

    /** @return name of the last vertex of a shortcut without parameters */
    private String shortcut(final Step.ResidualUnit unit, final ImageShape input, final String from) {
        final String name = unit.name();
        final int channels = input.channels();
        String shortcut = from;
        if (unit.stride() > 1) {
            vertex(name + "-average", pooling(name + "-average", "AVG", 2, odd(input)), shortcut);
            shortcut = name + "-average";
        }
        if (unit.filters() > channels) {
            final String more = name + "-channels";
            final Map<String, Object> copy = convolution(more, 1, 1, channels, unit.filters());
            copy.putAll(map("iupdater", map(CLASS, "org.nd4j.linalg.learning.config.Sgd", "learningRate", 0.), "regularization", List.of()));
            vertex(more, copy, shortcut);
            pieces.addCopy(unit.filters(), channels);
            shortcut = more;
        }
        return shortcut;
    }

    private static boolean odd(final ImageShape input) {
        return input.height() % 2 != 0 || input.width() % 2 != 0;
    }

    /** In DL4J's order: gamma, beta, mean and variance of the normalisation, and the kernels behind it. */
    static List<Parameter> half(final List<Parameter> unit, final int half) {
        final int first = NAMES_PER_HALF * (half - 1);
        final int moments = unit.size() - 2 * (2 - half) - 2;
        return List.of(unit.get(first), unit.get(first + 1), unit.get(moments), unit.get(moments + 1), unit.get(first + 2));
    }

    /** The kernels of a unit's projection, alone. */
    static List<Parameter> projection(final List<Parameter> unit) {
        return unit.subList(2 * NAMES_PER_HALF, 2 * NAMES_PER_HALF + 1);
    }

    private Map<String, Object> layer(final Step step, final ImageShape input) {
        final String name = step.name();
        if (step instanceof Step.Convolution convolution) {
            return convolution(name, convolution.side(), convolution.stride(), input.channels(), convolution.filters());
        }
        if (step instanceof Step.MaxPooling) {
            return pooling(name, "MAX", 2, false);
        }
        if (step instanceof Step.PaddedMaxPooling pooling) {
            return pooling(name, "MAX", pooling.side(), true);
        }
        if (step instanceof Step.GlobalAveragePooling) {
            return layer("GlobalPoolingLayer", name, "collapseDimensions", true, "pnorm", 2, "poolingDimensions", List.of(1, 2), "poolingType", "AVG");
        }
        final Map<String, Object> softmax = trained("OutputLayer", name, input.channels(), ((Step.Softmax)step).classes());
        softmax.putAll(map("activationFn", map(CLASS, ACTIVATIONS + "Softmax"), "hasBias", true, //
            "lossFn", map(CLASS, "org.nd4j.linalg.lossfunctions.impl.LossMCXENT", "softmaxClipEps", 1e-10)));
        return softmax;
    }

    private static Map<String, Object> layer(final String type, final String name, final Object... own) {
        final Map<String, Object> layer = map(CLASS, LAYERS + type, "constraints", null, "gradientNormalization", "None",
            "gradientNormalizationThreshold", 0., "idropout", null, "layerName", name);
        layer.putAll(map(own));
        return layer;
    }

    /** A layer with parameters; who trains it further begins with the rate, momentum and weight decay of its training. */
    private Map<String, Object> trained(final String type, final String name, final int channels, final int filters) {
        final List<Object> decay = record.weightDecay() == 0 ? List.of()
            : List.of(map(CLASS, "org.nd4j.linalg.learning.regularization.L2Regularization", "l2",
                map(CLASS, "org.nd4j.linalg.schedule.FixedSchedule", "value", record.weightDecay())));
        return layer(type, name, "biasInit", 0., "biasUpdater", null, "gainInit", 1., //
            "iupdater", map(CLASS, "org.nd4j.linalg.learning.config.Nesterovs", "learningRate", record.peak(), "momentum", record.momentum()), //
            "nin", channels, "nout", filters, "regularization", decay, "regularizationBias", List.of(), "timeDistributedFormat", null, //
            "weightInitFn", map(CLASS, "org.deeplearning4j.nn.weights.WeightInitXavier"), "weightNoise", null);
    }

    private Map<String, Object> convolution(final String name, final int side, final int stride, final int channels, final int filters) {
        final Map<String, Object> layer = trained("ConvolutionLayer", name, channels, filters);
        layer.putAll(map("activationFn", map(CLASS, ACTIVATIONS + "Identity"), "cnn2dDataFormat", "NHWC", "convolutionMode", "Same", //
            "cudnnAlgoMode", "PREFER_FASTEST", "cudnnAllowFallback", true, "cudnnBwdDataAlgo", null, "cudnnBwdFilterAlgo", null, "cudnnFwdAlgo", null, //
            "dilation", List.of(1, 1), "hasBias", false, "kernelSize", List.of(side, side), "padding", List.of(0, 0), "stride", List.of(stride, stride)));
        return layer;
    }

    private Map<String, Object> norm(final String name, final Normalisation norm, final int channels) {
        final Map<String, Object> layer = trained("BatchNormalization", name, channels, channels);
        layer.putAll(map("activationFn", map(CLASS, ACTIVATIONS + "Identity"), "beta", 0., "cnn2DFormat", "NHWC", "cudnnAllowFallback", true, //
            "decay", norm.decay(), "eps", norm.eps(), "gamma", 1., "lockGammaBeta", false, "minibatch", true, "regularization", List.of(), "useLogStd", false));
        return layer;
    }

    private static Map<String, Object> pooling(final String name, final String type, final int side, final boolean padded) {
        return layer("SubsamplingLayer", name, "avgPoolIncludePadInDivisor", false, "cnn2dDataFormat", "NHWC", "convolutionMode", padded ? "Same" : "Truncate", //
            "cudnnAllowFallback", true, "dilation", List.of(1, 1), "eps", 1e-8, "kernelSize", List.of(side, side), "padding", List.of(0, 0), "pnorm", 0, //
            "poolingType", type, "stride", List.of(2, 2));
    }

    private static Map<String, Object> rectifier(final double leak) {
        return leak == 0 ? map(CLASS, ACTIVATIONS + "ReLU", "max", null, "negativeSlope", null, "threshold", null)
            : map(CLASS, ACTIVATIONS + "LReLU", "alpha", leak);
    }
}
