package org.spectralsignatures.network.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Step;

/** A vertex of a DL4J graph, of which only its JSON is read: it says what it is if it is of a kind of which steps consist. */
final class Dl4jVertex {

    /** The kinds of vertices of which steps consist. */
    enum Kind {

        INPUT("the input"), CONVOLUTION("a 3 x 3 convolution"), OTHER_CONVOLUTION("a convolution of another side than 3"), COPY("a 1 x 1 convolution"),
        NORM("a batch normalisation"), ACTIVATION("a rectifier"), MAX_POOLING("2 x 2 maximum pooling"), PADDED_MAX_POOLING("padded maximum pooling"),
        AVERAGE_POOLING("2 x 2 average pooling"), PADDED_AVERAGE_POOLING("padded 2 x 2 average pooling"), GLOBAL_AVERAGE("global average pooling"),
        SUM("a sum"), SOFTMAX("a softmax");

        private final String words;

        Kind(final String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final String ADVICE = ". Only models of the ResNet Learner's layers are read from Deeplearning4j: save the network as ONNX or with Keras instead, for example"
        + " the file of Keras that it was imported from, or train it again by the ResNet Learner";

    private final String name;

    private final Object layer;

    private final List<String> inputs = new ArrayList<>();

    private final Kind kind;

    private boolean used;

    private Dl4jVertex(final String name) {
        this.name = name;
        layer = Map.of();
        kind = Kind.INPUT;
        used = true;
    }

    Dl4jVertex(final String name, final Object node) throws NetworkFormatException {
        this.name = name;
        final String type = type(node, Dl4jModelTree.VERTICES);
        if (type.equals("ElementWiseVertex")) {
            layer = node;
            require("op", "Add");
            kind = Kind.SUM;
            return;
        }
        if (!type.equals("LayerVertex") || StrictJson.at(node, "preProcessor") != null) {
            throw wrong("it is a %s, of which no step consists".formatted(type.equals("LayerVertex") ? "layer with a preprocessor" : type));
        }
        final Object outer = StrictJson.at(node, "layerConf", "layer");
        layer = type(outer, Dl4jModelTree.LAYERS).equals("misc.FrozenLayer") ? StrictJson.at(outer, "layer") : outer;
        kind = layerKind();
    }

    static Dl4jVertex input(final String name) {
        return new Dl4jVertex(name);
    }

    private static String type(final Object node, final String prefix) {
        final Object type = StrictJson.at(node, "@class");
        return type instanceof String text && text.startsWith(prefix) ? text.substring(prefix.length()) : StrictJson.shown(type);
    }

    private Kind layerKind() throws NetworkFormatException {
        final String type = type(layer, Dl4jModelTree.LAYERS);
        switch (type) {
            case "ConvolutionLayer":
                return convolution();
            case "BatchNormalization":
                require("useLogStd", false);
                require("lockGammaBeta", false);
                return Kind.NORM;
            case "ActivationLayer":
                leak();
                return Kind.ACTIVATION;
            case "SubsamplingLayer":
                return pooling();
            case "GlobalPoolingLayer":
                require("poolingType", "AVG");
                require("collapseDimensions", true);
                return Kind.GLOBAL_AVERAGE;
            case "OutputLayer":
                require("hasBias", true);
                activation("Softmax");
                return Kind.SOFTMAX;
            default:
                throw wrong("it is a %s, of which no step consists".formatted(type));
        }
    }

    private Kind convolution() throws NetworkFormatException {
        require("hasBias", false);
        require("convolutionMode", "Same");
        require("dilation", List.of(1, 1));
        activation("Identity");
        for (int side = 1; side <= Step.Convolution.LARGEST; side += 2) {
            if (List.of(side, side).equals(StrictJson.at(layer, "kernelSize"))) {
                return side == 1 ? Kind.COPY : side == Step.KERNEL ? Kind.CONVOLUTION : Kind.OTHER_CONVOLUTION;
            }
        }
        throw wrong("its kernelSize is %s, but must be odd and the same in both directions, up to %d"
            .formatted(StrictJson.shown(StrictJson.at(layer, "kernelSize")), Step.Convolution.LARGEST));
    }

    private Kind pooling() throws NetworkFormatException {
        require("stride", List.of(2, 2));
        require("padding", List.of(0, 0));
        require("dilation", List.of(1, 1));
        final boolean padded = "Same".equals(StrictJson.at(layer, "convolutionMode"));
        if (!padded) {
            require("convolutionMode", "Truncate");
        }
        if ("MAX".equals(StrictJson.at(layer, "poolingType"))) {
            if (!padded || side() != Step.PaddedMaxPooling.LARGEST) {
                require("kernelSize", List.of(2, 2));
            }
            return padded ? Kind.PADDED_MAX_POOLING : Kind.MAX_POOLING;
        }
        require("kernelSize", List.of(2, 2));
        require("poolingType", "AVG");
        if (padded) {
            require("avgPoolIncludePadInDivisor", false);
        }
        return padded ? Kind.PADDED_AVERAGE_POOLING : Kind.AVERAGE_POOLING;
    }

    /** @return side of a square kernel or pooling; 0 if it has none */
    int side() {
        final Object size = StrictJson.at(layer, "kernelSize");
        return size instanceof List<?> list && list.size() == 2 && list.get(0) instanceof Integer side && side.equals(list.get(1)) ? side : 0;
    }

    private void require(final String field, final Object right) throws NetworkFormatException {
        final Object found = StrictJson.at(layer, field);
        if (!right.equals(found)) {
            throw wrong("its %s is %s, but must be %s".formatted(field, StrictJson.shown(found), StrictJson.shown(right)));
        }
    }

    private void activation(final String right) throws NetworkFormatException {
        final String found = type(StrictJson.at(layer, "activationFn"), Dl4jModelTree.ACTIVATIONS);
        if (!found.equals(right)) {
            throw wrong("its activation is %s, but must be %s".formatted(found, right));
        }
    }

    /** @return slope of the rectifier for negative values */
    double leak() throws NetworkFormatException {
        final Object function = StrictJson.at(layer, "activationFn");
        final String type = type(function, Dl4jModelTree.ACTIVATIONS);
        if (type.equals("LReLU")) {
            return share("activationFn.alpha", StrictJson.at(function, "alpha"));
        }
        if (type.equals("ReLU")) {
            for (String field : List.of("max", "negativeSlope", "threshold")) {
                final Object value = StrictJson.at(function, field);
                if (value != null && value != StrictJson.MISSING && !(value instanceof Number number && number.doubleValue() == 0)) {
                    throw wrong("its rectifier has a %s of %s".formatted(field, StrictJson.shown(value)));
                }
            }
            return 0;
        }
        throw wrong("its activation is %s, but must be ReLU or LReLU".formatted(type));
    }

    private double share(final String field, final Object value) throws NetworkFormatException {
        final double number = StrictJson.number("%s, %s of vertex '%s'".formatted(Dl4jFormat.CONFIGURATION, field, name), value);
        if (!(number >= 0 && number <= 1)) {
            throw wrong("its %s must be from 0 to 1, but is %s".formatted(field, StrictJson.shown(value)));
        }
        return number;
    }

    /**
     * @param channels that come in
     * @param leak of the rectifier behind it
     * @return its constants
     */
    Normalisation norm(final int channels, final double leak) throws NetworkFormatException {
        require("nout", channels);
        final double eps = share("eps", StrictJson.at(layer, "eps"));
        if (eps == 0) {
            throw wrong("its eps must be above 0");
        }
        return new Normalisation(share("decay", StrictJson.at(layer, "decay")), eps, leak);
    }

    /** @return the stride of a convolution, 1 or 2 */
    int stride() throws NetworkFormatException {
        if (List.of(2, 2).equals(StrictJson.at(layer, "stride"))) {
            return 2;
        }
        require("stride", List.of(1, 1));
        return 1;
    }

    /**
     * @param channels that come in
     * @param stride that it must have, if it is a convolution
     * @return number of channels that go out
     */
    int filters(final int channels, final int stride) throws NetworkFormatException {
        require("nin", channels);
        if ((kind == Kind.CONVOLUTION || kind == Kind.COPY) && stride() != stride) {
            throw wrong("its stride must be %d".formatted(stride));
        }
        final Object filters = StrictJson.at(layer, "nout");
        if (!(filters instanceof Integer value && value >= 1 && value <= StepJson.MAX_FILTERS)) {
            throw wrong("its nout must be a whole number from 1 to %d, but is %s".formatted(StepJson.MAX_FILTERS, StrictJson.shown(filters)));
        }
        return (Integer)filters;
    }

    String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    List<String> inputs() {
        return inputs;
    }

    void use() {
        used = true;
    }

    boolean used() {
        return used;
    }

    NetworkFormatException wrong(final String what) {
        return new NetworkFormatException("vertex %s: %s".formatted(StrictJson.shown(name), what) + ADVICE);
    }
}
