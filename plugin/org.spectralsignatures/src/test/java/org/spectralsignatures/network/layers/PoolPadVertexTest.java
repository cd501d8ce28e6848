package org.spectralsignatures.network.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.spectralsignatures.network.Backend;

class PoolPadVertexTest {

    private static ComputationGraph graph() {
        final var builder = new NeuralNetConfiguration.Builder().seed(3).graphBuilder().addInputs("in");
        builder.addLayer("conv", new ConvolutionLayer.Builder(1, 1).nOut(2).activation(Activation.TANH).build(), "in");
        builder.addVertex("short", new PoolPadVertex(4), "conv");
        builder.addLayer("mix", new ConvolutionLayer.Builder(1, 1).nOut(3).activation(Activation.TANH).build(), "short");
        builder.addLayer("pool", new GlobalPoolingLayer.Builder().build(), "mix");
        builder.addLayer("out", new OutputLayer.Builder(new LossMCXENT()).nOut(2).activation(Activation.SOFTMAX).build(), "pool");
        final var graph = new ComputationGraph(builder.setOutputs("out").setInputTypes(InputType.convolutional(4, 4, 1)).build());
        graph.init();
        return graph;
    }

    @Test
    void averagesTwoByTwoAndAddsZeroChannelsOnBothSides() {
        try (var scope = Backend.enter()) {
            final ComputationGraph graph = graph();
            final INDArray image = Nd4j.linspace(1, 16, 16).castTo(Nd4j.dataType()).reshape(1, 1, 4, 4).div(16);
            final Map<String, INDArray> outputs = graph.feedForward(image, false);
            final float[] in = outputs.get("conv").dup('c').data().asFloat();
            final float[] out = outputs.get("short").dup('c').data().asFloat();
            assertArrayEquals(new long[]{1, 4, 2, 2}, outputs.get("short").shape());
            for (int i = 0; i < 4; i++) {
                assertEquals(0, out[i]);
                assertEquals(0, out[12 + i]);
            }
            for (int c = 0; c < 2; c++) {
                for (int y = 0; y < 2; y++) {
                    for (int x = 0; x < 2; x++) {
                        final int at = c * 16 + 2 * y * 4 + 2 * x;
                        assertEquals((in[at] + in[at + 1] + in[at + 4] + in[at + 5]) / 4, out[4 + c * 4 + y * 2 + x], 1e-6);
                    }
                }
            }
            graph.close();
        }
    }

    @Test
    void gradientAgreesWithFiniteDifferences() {
        try (var scope = Backend.enter()) {
            Nd4j.getRandom().setSeed(5);
            final ComputationGraph graph = graph();
            final INDArray images = Nd4j.randn(8, 1, 4, 4);
            final INDArray labels = Nd4j.zeros(8, 2);
            for (int i = 0; i < 8; i++) {
                labels.putScalar(i, i % 2, 1);
            }
            graph.setInput(0, images);
            graph.setLabel(0, labels);
            graph.computeGradientAndScore();
            final float[] gradient = graph.gradient().gradient().dup('c').data().asFloat();
            final INDArray parameters = graph.params();
            final double h = 1e-2;
            // DL4J divides by the size of the batch only when it updates
            for (int i = 0; i < gradient.length; i++) {
                final double value = parameters.getDouble(i);
                parameters.putScalar(i, value + h);
                final double above = score(graph, images, labels);
                parameters.putScalar(i, value - h);
                final double below = score(graph, images, labels);
                parameters.putScalar(i, value);
                assertEquals((above - below) / (2 * h), gradient[i] / 8, 1e-3, "parameter " + i);
            }
            graph.close();
        }
    }

    private static double score(final ComputationGraph graph, final INDArray images, final INDArray labels) {
        graph.setInput(0, images);
        graph.setLabel(0, labels);
        graph.computeGradientAndScore();
        return graph.score();
    }
}
