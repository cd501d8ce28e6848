package org.spectralsignatures.network;

import java.util.List;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** What the architectures begin and end with: images, and global average pooling with a dense layer behind it. */
final class GraphParts {

    static final String IMAGES = LayerInfo.INPUT;

    private static final String GLOBAL_POOL = "global-pool";

    static final String SOFTMAX = "softmax";

    private GraphParts() {
    }

    static GraphBuilder start(final NetworkOptions options, final IUpdater updater) {
        return new NeuralNetConfiguration.Builder() //
            .seed(options.seed()) //
            .updater(updater) //
            .l2(options.weightDecay()) //
            .trainingWorkspaceMode(WorkspaceMode.ENABLED) //
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED) //
            .graphBuilder().addInputs(IMAGES) //
            .setInputTypes(InputType.convolutional(options.shape().height(), options.shape().width(), options.shape().channels(),
                CNN2DFormat.NHWC));
    }

    static ComputationGraphConfiguration finish(final GraphBuilder graph, final String last, final int classes, final ILossFunction loss) {
        graph.addLayer(GLOBAL_POOL, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), last);
        graph.addLayer(SOFTMAX, new OutputLayer.Builder(loss).nOut(classes).activation(Activation.SOFTMAX)
            .weightInit(WeightInit.LECUN_UNIFORM).build(), GLOBAL_POOL);
        return graph.setOutputs(SOFTMAX).build();
    }

    static LayerInfo images(final NetworkOptions options) {
        return new LayerInfo(IMAGES, options.shape().channels(), options.shape().height(), options.shape().width());
    }

    static List<LayerInfo> lastLayers(final int channels, final NetworkOptions options) {
        return List.of(new LayerInfo(GLOBAL_POOL, channels, 1, 1), new LayerInfo(SOFTMAX, options.classes(), 1, 1));
    }
}
