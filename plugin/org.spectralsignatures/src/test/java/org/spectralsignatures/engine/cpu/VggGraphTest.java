package org.spectralsignatures.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.spectralsignatures.engine.cpu.kernels.Arrays4.assertClose;

import java.util.List;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.VggOptions;

/** A VGG on the processor against the same network of DL4J's own layers. */
class VggGraphTest {

    private static final VggOptions OPTIONS = new VggOptions(new ImageShape(3, 16, 16), 3, 13, 4, 1e-3, 3);

    /** Written out for 16 x 16 pixels: four groups end in pooling, the fifth works on one pixel. */
    private static ComputationGraph stock() {
        final var builder = new NeuralNetConfiguration.Builder().seed(3).updater(new Sgd(.05)).l2(1e-3).graphBuilder().addInputs("in");
        String last = "in";
        final int[] filters = {4, 8, 16, 32, 32};
        for (int group = 1; group <= 5; group++) {
            for (int i = 1; i <= 2; i++) {
                final String name = group + "-" + i;
                builder.addLayer("c" + name, new ConvolutionLayer.Builder(3, 3).nOut(filters[group - 1]).hasBias(false)
                    .convolutionMode(ConvolutionMode.Same).dataFormat(CNN2DFormat.NHWC).activation(Activation.IDENTITY).build(), last);
                builder.addLayer("n" + name, new BatchNormalization.Builder().useLogStd(false).decay(.9).eps(1e-3)
                    .dataFormat(CNN2DFormat.NHWC).build(), "c" + name);
                builder.addLayer("r" + name, new ActivationLayer.Builder().activation(Activation.RELU).build(), "n" + name);
                last = "r" + name;
            }
            if (group < 5) {
                builder.addLayer("p" + group, new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX).kernelSize(2, 2).stride(2, 2)
                    .dataFormat(CNN2DFormat.NHWC).build(), last);
                last = "p" + group;
            }
        }
        builder.addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), last);
        builder.addLayer("out", new OutputLayer.Builder(new LossMCXENT()).nOut(3).activation(Activation.SOFTMAX).build(), "pool");
        final var graph = new ComputationGraph(builder.setOutputs("out")
            .setInputTypes(InputType.convolutional(16, 16, 3, CNN2DFormat.NHWC)).build());
        graph.init();
        return graph;
    }

    private static double[] doubles(final INDArray array) {
        return array.dup('c').data().asDouble();
    }

    @Test
    void trainsAsTheSameNetworkOfStockLayersDoes() {
        try (var scope = Backend.enter()) {
            final ComputationGraph ours = new ComputationGraph(Graphs.configuration(OPTIONS.plan(), OPTIONS.seed(), OPTIONS.weightDecay(), new Sgd(.05), new LossMCXENT()));
            ours.init();
            final ComputationGraph stock = stock();
            try {
                for (int group = 1; group <= 5; group++) {
                    for (int i = 1; i <= 2; i++) {
                        stock.getLayer("c" + group + "-" + i).setParam("W", ours.getLayer("group" + group + "-convolution" + i).getParam("W"));
                    }
                }
                stock.getLayer("out").setParam("W", ours.getLayer("softmax").getParam("W"));
                Nd4j.getRandom().setSeed(5);
                final INDArray images = Nd4j.randn(9, 16, 16, 3);
                final INDArray labels = Nd4j.zeros(9, 3);
                for (int i = 0; i < 9; i++) {
                    labels.putScalar(i, i % 3, 1);
                }
                for (int step = 0; step < 3; step++) {
                    ours.fit(new INDArray[]{images}, new INDArray[]{labels});
                    stock.fit(new INDArray[]{images}, new INDArray[]{labels});
                    assertEquals(stock.score(), ours.score(), 1e-4, "step " + step);
                }
                for (String name : List.of("1-1", "2-2", "5-1")) {
                    final String layer = "group" + name.charAt(0) + "-convolution" + name.charAt(2);
                    assertClose(doubles(stock.getLayer("c" + name).getParam("W")), doubles(ours.getLayer(layer).getParam("W")), 1e-3, layer);
                }
            } finally {
                ours.close();
                stock.close();
            }
        }
    }
}
