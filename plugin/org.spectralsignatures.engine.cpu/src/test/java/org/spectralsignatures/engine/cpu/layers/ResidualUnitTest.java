package org.spectralsignatures.engine.cpu.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.spectralsignatures.engine.cpu.kernels.Arrays4.assertClose;

import java.util.List;
import java.util.Map;
import java.util.Random;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.spectralsignatures.engine.cpu.Backend;

class ResidualUnitTest {

    private static final BatchNormLeakyReLU NORM = new BatchNormLeakyReLU(.9, 1e-3, .1);

    private Backend backend;

    @BeforeEach
    void start() {
        backend = Backend.enter();
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    private static Layer layer(final ResidualUnit unit, final long channels, final Random random) {
        unit.setNIn(channels);
        final var conf = new NeuralNetConfiguration.Builder().updater(new Sgd(.1)).layer(unit).build();
        final long size = unit.initializer().numParams(unit);
        final INDArray parameters = Nd4j.create(DataType.FLOAT, 1, size);
        final Layer layer = unit.instantiate(conf, List.of(), 0, parameters, true, DataType.FLOAT);
        layer.setBackpropGradientsViewArray(Nd4j.create(DataType.FLOAT, 1, size));
        for (var entry : layer.paramTable().entrySet()) { // off the values that a network starts with
            if (!entry.getKey().startsWith("var")) {
                for (long k = 0; k < entry.getValue().length(); k++) {
                    entry.getValue().putScalar(k, entry.getValue().getDouble(k) + .3 * random.nextGaussian());
                }
            }
        }
        return layer;
    }

    private static double[] doubles(final INDArray array) {
        return array.dup('c').data().asDouble();
    }

    @Test
    void agreesWithTheDefinitionAndItsFiniteDifferences() {
        for (int[] c : new int[][]{{16, 16, 1, 0}, {16, 16, 1, 1}, {16, 32, 2, 0}, {4, 6, 2, 0}}) {
            final String what = "%d -> %d filters, stride %d, activated %d".formatted(c[0], c[1], c[2], c[3]);
            final var random = new Random(7);
            final var unit = new ResidualUnit(c[1], c[2], c[3] == 1, false, NORM);
            final Layer layer = layer(unit, c[0], random);
            final var workspaces = LayerWorkspaceMgr.noWorkspaces();
            final INDArray x = Nd4j.createUninitialized(DataType.FLOAT, 3, 4, 4, c[0]);
            for (long k = 0; k < x.length(); k++) {
                x.putScalar(k, random.nextGaussian());
            }
            layer.setInput(x, workspaces);
            final INDArray y = layer.activate(true, workspaces);
            final var reference = new ReferenceUnit(unit, 3, 4, 4, layer.paramTable());
            final double[] images = doubles(x);
            assertClose(reference.forward(images), doubles(y), 1e-5, what + " forward");

            final INDArray dy = y.ulike();
            for (long k = 0; k < dy.length(); k++) {
                dy.putScalar(k, random.nextGaussian());
            }
            final double[] weights = doubles(dy);
            final var result = layer.backpropGradient(dy, workspaces);
            checkDifferences(images, () -> reference.loss(images, weights), doubles(result.getSecond()), what + " by images");
            for (String name : List.of("gamma1", "beta1", "W1", "gamma2", "beta2", "W2")) {
                checkDifferences(reference.parameter(name), () -> reference.loss(images, weights),
                    doubles(result.getFirst().gradientForVariable().get(name)), what + " by " + name);
            }
        }
    }

    private interface Loss {
        double value();
    }

    /** Of long arrays, every thirteenth value is checked: over all channels, since 13 divides none of the sizes. */
    private static void checkDifferences(final double[] values, final Loss loss, final double[] gradient, final String what) {
        final double h = 1e-6;
        final int step = values.length > 200 ? 13 : 1;
        final var differences = new double[(values.length + step - 1) / step];
        final var checked = new double[differences.length];
        for (int k = 0; k < values.length; k += step) {
            final double value = values[k];
            values[k] = value + h;
            final double above = loss.value();
            values[k] = value - h;
            differences[k / step] = (above - loss.value()) / (2 * h);
            checked[k / step] = gradient[k];
            values[k] = value;
        }
        assertClose(differences, checked, 1e-4, what);
    }

    private static ComputationGraph graph(final boolean stock) {
        final var builder = new NeuralNetConfiguration.Builder().seed(3).updater(new Sgd(.05)).l2(1e-3).graphBuilder().addInputs("in");
        builder.addLayer("stem", stockConvolution(), "in");
        String last = "stem";
        for (int u = 1; u <= 2; u++) {
            if (stock) {
                last = stockUnit(builder, "unit" + u, last, u == 1);
            } else {
                builder.addLayer("unit" + u, new ResidualUnit(16, 1, u == 1, false, NORM), last);
                last = "unit" + u;
            }
        }
        builder.addLayer("pool", new GlobalPoolingLayer.Builder().build(), last);
        builder.addLayer("out", new OutputLayer.Builder(new LossMCXENT()).nOut(3).activation(Activation.SOFTMAX).build(), "pool");
        final var graph = new ComputationGraph(builder.setOutputs("out")
            .setInputTypes(InputType.convolutional(8, 8, 3, CNN2DFormat.NHWC)).build());
        graph.init();
        return graph;
    }

    private static ConvolutionLayer stockConvolution() {
        return new ConvolutionLayer.Builder(3, 3).nOut(16).hasBias(false).convolutionMode(ConvolutionMode.Same)
            .dataFormat(CNN2DFormat.NHWC).activation(Activation.IDENTITY).build();
    }

    private static String stockUnit(final ComputationGraphConfiguration.GraphBuilder builder, final String name, final String input,
        final boolean activatedShortcut) {
        String last = input;
        String shortcut = input;
        for (int half = 1; half <= 2; half++) {
            builder.addLayer(name + "norm" + half, new BatchNormalization.Builder().useLogStd(false).decay(.9).eps(1e-3)
                .dataFormat(CNN2DFormat.NHWC).build(), last);
            builder.addLayer(name + "relu" + half, new ActivationLayer.Builder().activation(new ActivationLReLU(.1)).build(), name + "norm" + half);
            builder.addLayer(name + "conv" + half, stockConvolution(), name + "relu" + half);
            shortcut = half == 1 && activatedShortcut ? name + "relu1" : shortcut;
            last = name + "conv" + half;
        }
        builder.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), last, shortcut);
        return name;
    }

    private static void copyUnits(final ComputationGraph from, final ComputationGraph to) {
        to.getLayer("stem").setParam("W", from.getLayer("stem").getParam("W"));
        to.getLayer("out").setParam("W", from.getLayer("out").getParam("W"));
        to.getLayer("out").setParam("b", from.getLayer("out").getParam("b"));
        for (int u = 1; u <= 2; u++) {
            for (int half = 1; half <= 2; half++) {
                final var unit = from.getLayer("unit" + u);
                to.getLayer("unit" + u + "conv" + half).setParam("W", unit.getParam("W" + half));
                for (String name : List.of("gamma", "beta", "mean", "var")) {
                    to.getLayer("unit" + u + "norm" + half).setParam(name, unit.getParam(name + half));
                }
            }
        }
    }

    @Test
    void trainsAsDl4jsOwnLayersDo() {
        Nd4j.getRandom().setSeed(5);
        final INDArray images = Nd4j.randn(6, 8, 8, 3);
        final INDArray labels = Nd4j.zeros(6, 3);
        for (int i = 0; i < 6; i++) {
            labels.putScalar(i, i % 3, 1);
        }
        final ComputationGraph fused = graph(false);
        final ComputationGraph stock = graph(true);
        try {
            copyUnits(fused, stock);
            assertClose(doubles(stock.outputSingle(images)), doubles(fused.outputSingle(images)), 1e-5, "output before training");
            for (int step = 0; step < 3; step++) {
                fused.fit(new INDArray[]{images}, new INDArray[]{labels});
                stock.fit(new INDArray[]{images}, new INDArray[]{labels});
                assertEquals(stock.score(), fused.score(), 1e-5);
            }
            for (var entry : Map.of("unit1conv1", "W1", "unit2conv2", "W2", "unit1norm1", "mean1", "unit2norm2", "var2").entrySet()) {
                final String unit = entry.getKey().substring(0, 5);
                final String name = entry.getValue();
                assertClose(doubles(stock.getLayer(entry.getKey()).getParam(name.substring(0, name.length() - 1))),
                    doubles(fused.getLayer(unit).getParam(name)), 1e-4, unit + " " + name + " after three steps");
            }
            assertClose(doubles(stock.outputSingle(images)), doubles(fused.outputSingle(images)), 1e-4, "output");
        } finally {
            fused.close();
            stock.close();
        }
    }

    @Test
    void imagesThatDoNotFitAreRefused() {
        final var unit = new ResidualUnit(8, 2, false, false, NORM);
        assertEquals(InputType.convolutional(4, 4, 8, CNN2DFormat.NHWC), unit.getOutputType(0, InputType.convolutional(7, 8, 4, CNN2DFormat.NHWC)));
        assertThrows(InvalidInputTypeException.class, () -> unit.getOutputType(0, InputType.convolutional(8, 8, 16, CNN2DFormat.NHWC)));
        assertThrows(InvalidInputTypeException.class, () -> unit.getOutputType(0, InputType.convolutional(8, 8, 4)));
        assertThrows(InvalidInputTypeException.class, () -> unit.getOutputType(0, InputType.feedForward(8)));
    }
}
