package org.spectralsignatures.network.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.cpu.Backend;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.ImageStandardisation;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Parameter;
import org.spectralsignatures.network.plan.Step;

/** The other side is DL4J itself. */
class Dl4jModelTest {

    private static final int IMAGES = 4;

    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    private static final NetworkPlan PLAN = new NetworkPlan(SHAPE, List.of(new Step.Convolution("stem", 2, Step.Start.FAN_OUT), //
        new Step.ResidualUnit("unit", 6, 2, true, new Normalisation(.9, 1e-3, .1)), new Step.MaxPooling("pool"), //
        new Step.NormActivation("activation", new Normalisation(.8, 1e-5, 0)), new Step.GlobalAveragePooling("average"), new Step.Softmax("softmax", 3)));

    @TempDir
    Path folder;

    /** A network whose parameters are not those of an untrained one, of which many are 0 or 1. */
    private static TrainedNetwork network(final NetworkPlan plan) {
        final var random = new Random(7);
        final var values = ByteBuffer.allocateDirect((int)plan.size() * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
        for (Parameter parameter : plan.parameters()) {
            final boolean positive = parameter.kind() == Parameter.Kind.VARIANCE || parameter.kind() == Parameter.Kind.SCALE;
            for (int i = 0; i < parameter.size(); i++) {
                values.put((float)(positive ? .5 + random.nextDouble() : .3 * random.nextGaussian()));
            }
        }
        try (var untrained = NetworkFileTest.network(plan, plan.steps().get(0).name(), null)) {
            return new TrainedNetwork(untrained.description(), plan, untrained.record(), Engines.get().open(plan, values.rewind()));
        }
    }

    private static byte[] image(final NetworkPlan plan, final int index) {
        final var pixels = new byte[plan.input().size()];
        new Random(index).nextBytes(pixels);
        return pixels;
    }

    private static float[] probabilities(final TrainedNetwork network) {
        final var target = new float[IMAGES * network.plan().classes()];
        try (Batch batch = network.session().batch(IMAGES)) {
            for (int i = 0; i < IMAGES; i++) {
                batch.image(i, image(network.plan(), i));
            }
            network.session().probabilities(batch, IMAGES, target, 0);
        }
        return target;
    }

    /** Standardised images {@code [n, h, w, c]}. */
    private static INDArray images(final NetworkPlan plan) {
        final ImageShape shape = plan.input();
        final var values = new float[IMAGES * shape.size()];
        for (int i = 0; i < IMAGES; i++) {
            final var image = new float[shape.size()];
            ImageStandardisation.apply(image(plan, i), 0, image, 0, image.length);
            for (int k = 0; k < image.length; k++) {
                values[i * image.length + k % shape.planeSize() * shape.channels() + k / shape.planeSize()] = image[k];
            }
        }
        return Nd4j.create(values, new long[]{IMAGES, shape.height(), shape.width(), shape.channels()}, 'c');
    }

    private static float[] parameters(final TrainedNetwork network) {
        final var values = new float[(int)network.parameters()];
        network.session().parameters().get(0, values);
        return values;
    }

    private TrainedNetwork read(final Path file, final NetworkPlan plan) throws IOException {
        return Dl4jModel.read(file, plan.input(), IntStream.range(0, plan.classes()).mapToObj(c -> "class " + c).toList());
    }

    @Test
    void dl4jComputesTheSameAndGivesTheSameNetworkBack() throws Exception {
        final Path file = folder.resolve("model.zip");
        for (NetworkPlan plan : NetworkFileTest.plans()) {
            try (var network = network(plan)) {
                Dl4jModel.write(network, file);
                try (var scope = Backend.enter()) {
                    final ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile(), false);
                    assertArrayEquals(probabilities(network), graph.outputSingle(images(plan)).data().asFloat(), 2e-4f, plan.steps().toString());
                    graph.close();
                }
                try (var back = read(file, plan)) {
                    assertEquals(plan.steps().stream().map(Dl4jModelTest::withoutStart).toList(), back.plan().steps().stream().map(Dl4jModelTest::withoutStart).toList());
                    assertArrayEquals(parameters(network), parameters(back), 0);
                    assertArrayEquals(probabilities(network), probabilities(back), 0);
                }
            }
        }
        assertFalse(Files.exists(folder.resolve("model.zip.part")));
    }

    /** Models of DL4J that are none of ours name the layer that does not fit, and the way out. */
    @Test
    void modelsOfOtherLayersAreRefusedWithWhatToDo() throws Exception {
        final Path file = folder.resolve("other.zip");
        final var layers = new NeuralNetConfiguration.Builder().list(new DenseLayer.Builder().nIn(3).nOut(2).build(), new OutputLayer.Builder().nIn(2).nOut(2).build()).build();
        final NetworkPlan plan = NetworkFileTest.plans().get(0);
        try (var scope = Backend.enter()) {
            final var network = new MultiLayerNetwork(layers);
            network.init();
            ModelSerializer.writeModel(network, file.toFile(), false);
            assertMessage(file, plan, "it is a MultiLayerNetwork, but graphs are read: save what its toComputationGraph() gives");
            ModelSerializer.writeModel(network.toComputationGraph(), file.toFile(), false);
            assertMessage(file, plan, "it is a DenseLayer, of which no step consists. Only models of the ResNet Learner's layers are read");
        }
    }

    private void assertMessage(final Path file, final NetworkPlan plan, final String part) {
        final IOException e = assertThrows(IOException.class, () -> read(file, plan));
        assertTrue(e.getMessage().startsWith("'" + file + "' holds no model of Deeplearning4j that can be read: ") && e.getMessage().contains(part), e.getMessage());
    }

    /** How kernels started is not known of a model. */
    private static Step withoutStart(final Step step) {
        return step instanceof Step.Convolution convolution ? new Step.Convolution(step.name(), convolution.filters(), convolution.side(),
            convolution.stride(), Step.Start.FAN_IN) : step;
    }

    @Test
    void whatWasTrainedFurtherInDl4jIsRead() throws Exception {
        final Path file = folder.resolve("model.zip");
        final Path trained = folder.resolve("trained.zip");
        try (var network = network(PLAN)) {
            Dl4jModel.write(network, file);
            final float[] expected;
            try (var scope = Backend.enter()) {
                final ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile(), true);
                final INDArray labels = Nd4j.zeros(DataType.FLOAT, IMAGES, 3);
                IntStream.range(0, IMAGES).forEach(i -> labels.putScalar(i, i % 3, 1));
                for (int step = 0; step < 3; step++) {
                    graph.fit(new DataSet(images(PLAN), labels));
                }
                expected = graph.outputSingle(images(PLAN)).data().asFloat();
                ModelSerializer.writeModel(graph, trained.toFile(), true);
                graph.close();
            }
            assertNotEquals(expected[0], probabilities(network)[0], 1e-3f);
            try (var zip = new ZipFile(trained.toFile()); var back = read(trained, PLAN)) {
                assertTrue(zip.size() > 2, "the updater's state is there, too");
                assertArrayEquals(expected, probabilities(back), 2e-4f);
                assertEquals("activation", back.description().defaultLayer());
                assertEquals(List.of("class 0", "class 1", "class 2"), back.description().classes());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "conf.layers.SubsamplingLayer | conf.layers.LSTM | vertex \"unit-average\": it is a LSTM, of which no step consists",
        "conf.layers.GlobalPoolingLayer | javax.script.ScriptEngineManager | vertex \"average\": it is a \"org.deeplearning4j.nn.javax",
        "\"kernelSize\" : [ 3, 3 ] | \"kernelSize\" : [ 4, 4 ] | vertex \"stem\": its kernelSize is [4,4], but must be odd and the same in both directions, up to 7",
        "\"kernelSize\" : [ 2, 2 ] | \"kernelSize\" : [ 3, 3 ] | vertex \"unit-average\": its kernelSize is [3,3], but must be [2,2]",
        "\"hasBias\" : false | \"hasBias\" : true | vertex \"stem\": its hasBias is true, but must be false",
        "\"convolutionMode\" : \"Same\" | \"convolutionMode\" : \"Strict\" | vertex \"stem\": its convolutionMode is",
        "\"nin\" : 3 | \"nin\" : 4 | vertex \"stem\": its nin is 4, but must be 3",
        "\"nout\" : 2 | \"nout\" : 2000000000 | vertex \"stem\": its nout must be a whole number from 1 to 4096",
        "\"eps\" : 0.001 | \"eps\" : 0 | vertex \"unit-norm1\": its eps must be above 0",
        "\"eps\" : 0.001 | \"eps\" : 0.01 | vertex \"unit\": the two halves of this residual unit differ",
        "\"alpha\" : 0.1 | \"alpha\" : -1 | vertex \"unit-activation1\": its activationFn.alpha must be from 0 to 1",
        "\"useLogStd\" : false | \"useLogStd\" : true | vertex \"unit-norm1\": its useLogStd is true",
        "\"op\" : \"Add\" | \"op\" : \"Product\" | vertex \"unit\": its op is \"Product\", but must be \"Add\"",
        "\"preProcessor\" : null | \"preProcessor\" : {} | vertex \"stem\": it is a layer with a preprocessor",
        "\"topologicalOrderStr\" : [ | \"topologicalOrderStr\" : null, \"x\" : [ | topologicalOrderStr must be a list, but is null",
        "\"networkInputs\" : [ \"images\" ] | \"networkInputs\" : [ \"images\", \"more\" ] | it must have one input",
        "\"pool\" : [ \"unit\" ] | \"pool\" : [ \"softmax\" ] | vertex \"pool\": its input \"softmax\" does not come before it",
        "\"pool\" : [ \"unit\" ] | \"pool\" : [ \"stem\" ] | vertex \"unit-activation1\": it is followed by [unit-convolution1, unit-average], but should be by one vertex",
        "\"activation-norm\" : [ \"pool\" ] | \"activation-norm\" : [ \"unit\" ] | vertex \"average\": it is global average pooling where a 3 x 3 convolution is expected",
        "ActivationSoftmax | ActivationSigmoid | vertex \"softmax\": its activation is Sigmoid, but must be Softmax"})
    void otherModelsAreRefusedByTheVertexThatDoesNotFit(final String from, final String to, final String message) throws Exception {
        final Path file = folder.resolve("model.zip");
        try (var network = network(PLAN)) {
            Dl4jModel.write(network, file);
        }
        final Path hostile = folder.resolve("hostile.zip");
        try (var zip = new ZipFile(file.toFile()); var out = new ZipOutputStream(Files.newOutputStream(hostile))) {
            for (String name : List.of("configuration.json", "coefficients.bin")) {
                out.putNextEntry(new ZipEntry(name));
                try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
                    final byte[] bytes = in.readAllBytes();
                    final String text = new String(bytes, StandardCharsets.UTF_8);
                    assertTrue(name.endsWith(".bin") || text.contains(from), text);
                    out.write(name.endsWith(".bin") ? bytes
                        : (text.substring(0, text.indexOf(from)) + to + text.substring(text.indexOf(from) + from.length())).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        final String found = assertThrows(IOException.class, () -> read(hostile, PLAN).close()).getMessage();
        assertTrue(found.contains(message) && found.contains(hostile.toString()), found);
    }

    @Test
    void whatDoesNotFitToTheModelIsSaid() throws Exception {
        final Path file = folder.resolve("model.zip");
        try (var network = network(PLAN)) {
            Dl4jModel.write(network, file);
        }
        assertTrue(assertThrows(IOException.class, () -> Dl4jModel.read(file, SHAPE, List.of("a", "b")).close()).getMessage()
            .contains("it has 2 classes, but its last step tells 3 apart"));
        assertTrue(assertThrows(IOException.class, () -> Dl4jModel.read(file, new ImageShape(1, 16, 16), List.of("a", "b", "c")).close()).getMessage()
            .contains("its nin is 3, but must be 1"));
        assertTrue(assertThrows(IOException.class, () -> NetworkFile.load(file).close()).getMessage().contains("it is a model of Deeplearning4j"));
        final Path network = folder.resolve("net.zip");
        try (var saved = network(PLAN)) {
            NetworkFile.save(saved, network);
        }
        assertTrue(assertThrows(IOException.class, () -> read(network, PLAN).close()).getMessage().contains("but a model has coefficients.bin, configuration.json"));
    }
}
