package org.spectralsignatures.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.spectralsignatures.network.layers.BatchNormLeakyReLU;
import org.spectralsignatures.network.layers.ImageConvolution;

/**
 * A VGG (Simonyan and Zisserman 2015, configurations A, B, D and E) as it is used for small images: five groups of 3 x 3
 * convolutions with f, 2f, 4f, 8f and 8f filters, each with batch normalisation and rectifier behind it, 2 x 2 maximum pooling
 * after each group but the last as long as the side is even, then global average pooling and one dense layer in place of three.
 */
final class Vgg {

    /** Number of convolutions of each group, by the number of layers. */
    static final Map<Integer, int[]> CONVOLUTIONS = new TreeMap<>(Map.of(11, new int[]{1, 1, 2, 2, 2}, 13, new int[]{2, 2, 2, 2, 2},
        16, new int[]{2, 2, 3, 3, 3}, 19, new int[]{2, 2, 4, 4, 4}));

    private static final int[] WIDTHS = {1, 2, 4, 8, 8};

    private static final BatchNormLeakyReLU NORM = new BatchNormLeakyReLU(.9, 1e-3, 0);

    private Vgg() {
    }

    static ComputationGraphConfiguration configuration(final VggOptions options, final IUpdater updater, final ILossFunction loss) {
        final GraphBuilder graph = GraphParts.start(options, updater);
        final int[] convolutions = CONVOLUTIONS.get(options.depth());
        String last = GraphParts.IMAGES;
        int side = options.shape().height();
        for (int group = 1; group <= convolutions.length; group++) {
            for (int i = 1; i <= convolutions[group - 1]; i++) {
                final String convolution = "group" + group + "-convolution" + i;
                graph.addLayer(convolution, new ImageConvolution(options.filters() * WIDTHS[group - 1],
                    WeightInit.RELU.getWeightInitFunction(), !last.equals(GraphParts.IMAGES)), last);
                last = activation(group, i);
                graph.addLayer(last, NORM.clone(), convolution);
            }
            if (pooled(side) && group < convolutions.length) {
                graph.addLayer(pool(group), new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX).kernelSize(2, 2).stride(2, 2)
                    .dataFormat(CNN2DFormat.NHWC).build(), last);
                last = pool(group);
                side /= 2;
            }
        }
        return GraphParts.finish(graph, last, options.classes(), loss);
    }

    private static boolean pooled(final int side) {
        return side % 2 == 0;
    }

    private static String activation(final int group, final int convolution) {
        return "group" + group + "-activation" + convolution;
    }

    private static String pool(final int group) {
        return "group" + group + "-pool";
    }

    static List<LayerInfo> layers(final VggOptions options) {
        final var layers = new ArrayList<LayerInfo>(List.of(GraphParts.images(options)));
        final int[] convolutions = CONVOLUTIONS.get(options.depth());
        int side = options.shape().height();
        int channels = 0;
        for (int group = 1; group <= convolutions.length; group++) {
            channels = options.filters() * WIDTHS[group - 1];
            for (int i = 1; i <= convolutions[group - 1]; i++) {
                layers.add(new LayerInfo(activation(group, i), channels, side, side));
            }
            if (pooled(side) && group < convolutions.length) {
                side /= 2;
                layers.add(new LayerInfo(pool(group), channels, side, side));
            }
        }
        layers.addAll(GraphParts.lastLayers(channels, options));
        return layers;
    }

    /** The last activation: what comes before the average, as in the ResNet. */
    static String defaultLayer(final VggOptions options) {
        final int[] convolutions = CONVOLUTIONS.get(options.depth());
        return activation(convolutions.length, convolutions[convolutions.length - 1]);
    }
}
