package org.spectralsignatures.network;

import java.util.ArrayList;
import java.util.List;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.spectralsignatures.network.layers.BatchNormLeakyReLU;
import org.spectralsignatures.network.layers.ImageConvolution;
import org.spectralsignatures.network.layers.ResidualUnit;

/**
 * The paper's network: a pre-activation ResNet (He et al. 2016) for small images. A 3 x 3 convolution, three groups of
 * residual units with strides 1, 2, 2 and filters f, 2f, 4f, two 3 x 3 convolutions a unit with batch normalisation and
 * leaky rectifier before each, then both once more, global average pooling and a dense layer. Shortcuts have no parameters:
 * average pooling and zero channels where the shape changes.
 */
public final class ResNet {

    /** Number of groups of residual units. */
    public static final int GROUPS = 3;

    static final String STEM = "stem";

    static final String FINAL_ACTIVATION = "final-activation";

    private static final double DECAY = .9;

    private static final double EPS = 1e-3;

    private static final double LEAK = .1;

    private final ResNetOptions options;

    private final GraphBuilder graph;

    private ResNet(final ResNetOptions options, final GraphBuilder graph) {
        this.options = options;
        this.graph = graph;
    }

    /**
     * @param options the choices
     * @param updater changes the weights after each batch
     * @param loss of the dense layer's softmax
     * @return the configuration of an untrained network; inputs are standardised images {@code [n, h, w, 3]}
     */
    public static ComputationGraphConfiguration configuration(final ResNetOptions options, final IUpdater updater, final ILossFunction loss) {
        final GraphBuilder graph = GraphParts.start(options, updater);
        return new ResNet(options, graph).build(loss);
    }

    private ComputationGraphConfiguration build(final ILossFunction loss) {
        final double deviation = Math.sqrt(2.0 / (9 * options.filters()));
        graph.addLayer(STEM, new ImageConvolution(options.filters(), new WeightInitDistribution(new NormalDistribution(0, deviation)), false), GraphParts.IMAGES);
        String last = STEM;
        final var norm = new BatchNormLeakyReLU(DECAY, EPS, LEAK);
        for (int group = 1; group <= GROUPS; group++) {
            for (int unit = 1; unit <= options.unitsPerGroup(); unit++) {
                final int stride = group > 1 && unit == 1 ? 2 : 1;
                final boolean first = group == 1 && unit == 1; // activates before the branch
                final String name = unitName(group, unit);
                graph.addLayer(name, new ResidualUnit(options.filters() << group - 1, stride, first, norm), last);
                last = name;
            }
        }
        graph.addLayer(FINAL_ACTIVATION, norm, last);
        return GraphParts.finish(graph, FINAL_ACTIVATION, options.classes(), loss);
    }

    /**
     * @param group from 1 to 3
     * @param unit from 1
     * @return the name of the layer that holds the unit's output (after the addition)
     */
    public static String unitName(final int group, final int unit) {
        return "group" + group + "-unit" + unit;
    }

    /**
     * @param options the choices
     * @return the layers whose activations serve as a representation, in the order of the forward pass
     */
    public static List<LayerInfo> layers(final ResNetOptions options) {
        final var layers = new ArrayList<LayerInfo>();
        int side = options.shape().height();
        int channels = options.filters();
        layers.add(GraphParts.images(options));
        layers.add(new LayerInfo(STEM, channels, side, side));
        for (int group = 1; group <= GROUPS; group++) {
            channels = options.filters() << group - 1;
            side = group == 1 ? side : side / 2;
            for (int unit = 1; unit <= options.unitsPerGroup(); unit++) {
                layers.add(new LayerInfo(unitName(group, unit), channels, side, side));
            }
        }
        layers.add(new LayerInfo(FINAL_ACTIVATION, channels, side, side));
        layers.addAll(GraphParts.lastLayers(channels, options));
        return layers;
    }

    /**
     * The layer that the method looks at unless told otherwise: with three or more units a group the input of unit 3 of group 3
     * (the authors' code), else the output of the last unit, which in shallow networks separates better.
     *
     * @param unitsPerGroup residual units a group
     * @return the name of a layer
     */
    public static String defaultLayer(final int unitsPerGroup) {
        return unitName(GROUPS, unitsPerGroup >= 3 ? 2 : unitsPerGroup);
    }
}
