package org.spectralsignatures.engine.cpu.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.spectralsignatures.engine.cpu.Backend;

/** The fused layer against DL4J's own batch normalisation followed by DL4J's leaky rectifier. */
class BatchNormLeakyReLUTest {

    private static final double EPS = 1e-3;

    private static final double LEAK = .1;

    private Backend backend;

    @BeforeEach
    void start() {
        backend = Backend.enter();
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    private static ComputationGraph graph(final boolean fused) {
        final var builder = new NeuralNetConfiguration.Builder().seed(3).updater(new Sgd(.05)).graphBuilder().addInputs("in");
        String last = "in";
        for (int i = 1; i <= 2; i++) {
            builder.addLayer("conv" + i, new ConvolutionLayer.Builder(3, 3).nOut(8).hasBias(false).convolutionMode(ConvolutionMode.Same)
                .dataFormat(CNN2DFormat.NHWC)
                .activation(Activation.IDENTITY).build(), last);
            if (fused) {
                builder.addLayer("norm" + i, new BatchNormLeakyReLU(.9, EPS, LEAK), "conv" + i);
                last = "norm" + i;
            } else {
                builder.addLayer("norm" + i, new BatchNormalization.Builder().useLogStd(false).decay(.9).eps(EPS)
                    .dataFormat(CNN2DFormat.NHWC).build(), "conv" + i);
                builder.addLayer("relu" + i, new ActivationLayer.Builder().activation(new ActivationLReLU(LEAK)).build(), "norm" + i);
                last = "relu" + i;
            }
        }
        builder.addLayer("pool", new GlobalPoolingLayer.Builder().build(), last);
        builder.addLayer("out", new OutputLayer.Builder(new LossMCXENT()).nOut(3).activation(Activation.SOFTMAX).build(), "pool");
        final var graph = new ComputationGraph(builder.setOutputs("out").setInputTypes(InputType.convolutional(8, 8, 3, CNN2DFormat.NHWC)).build());
        graph.init();
        return graph;
    }

    private static void assertClose(final INDArray expected, final INDArray actual, final double relative, final String what) {
        final double scale = expected.norm2Number().doubleValue();
        final double difference = expected.sub(actual).norm2Number().doubleValue();
        assertTrue(scale > 0 && difference <= relative * scale, what + ": " + difference / scale);
    }

    @Test
    void outputsGradientsAndRunningStatisticsAreTheSame() {
        Nd4j.getRandom().setSeed(5);
        final INDArray images = Nd4j.randn(6, 8, 8, 3);
        final INDArray labels = Nd4j.zeros(6, 3);
        for (int i = 0; i < 6; i++) {
            labels.putScalar(i, i % 3, 1);
        }
        final ComputationGraph fused = graph(true);
        final ComputationGraph stock = graph(false);
        try {
            stock.setParams(fused.params());
            for (int step = 0; step < 3; step++) {
                for (ComputationGraph graph : new ComputationGraph[]{fused, stock}) {
                    graph.setInput(0, images);
                    graph.setLabel(0, labels);
                    graph.computeGradientAndScore();
                }
                assertEquals(stock.score(), fused.score(), 1e-5);
                assertClose(stock.gradient().gradient(), fused.gradient().gradient(), 1e-4, "gradient in step " + step);
                fused.fit(new INDArray[]{images}, new INDArray[]{labels});
                stock.fit(new INDArray[]{images}, new INDArray[]{labels});
            }
            assertClose(stock.params(), fused.params(), 1e-4, "parameters after three steps");
            assertClose(stock.outputSingle(images), fused.outputSingle(images), 1e-4, "output");
        } finally {
            fused.close();
            stock.close();
        }
    }
}
