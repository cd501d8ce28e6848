package org.spectralsignatures.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.evaluation.Predictions;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageDatasetBuilder;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.DenseHead;
import org.spectralsignatures.network.DenseHead.Dense;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.network.onnx.OnnxInspection;
import org.spectralsignatures.network.onnx.OnnxNetwork;
import org.spectralsignatures.network.onnx.OnnxOptions;
import org.spectralsignatures.network.onnx.OnnxTransfer;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.training.TrainingListener;
import org.spectralsignatures.transfer.HeadOptions;
import org.spectralsignatures.transfer.PretrainedBody;
import org.spectralsignatures.transfer.TransferLearner;
import org.spectralsignatures.transfer.TransferOptions;
import org.spectralsignatures.transfer.TransferredNetwork;

/** Classifiers on layers of networks that PyTorch exported: what is put together computes what its parts do. */
class TransferLearnerTest {

    private static final double CLOSE = 1e-4;

    private static final int IMAGES = 6;

    private static final List<String> CLASSES = List.of("dark", "bright", "neither");

    private static final TrainingFacts FACTS = new TrainingFacts(.5, false, 3, 7);

    @TempDir
    Path folder;

    private PretrainedBody body(final String name) throws IOException {
        final Path file = folder.resolve(name + ".onnx");
        try (InputStream in = TransferLearnerTest.class.getResourceAsStream(name + ".onnx")) {
            Files.write(file, in.readAllBytes());
        }
        final boolean sizes = name.equals("sizes");
        final OnnxInspection.Found found = OnnxInspection.of(file,
            new OnnxOptions(List.of(), sizes ? 20 : 0, sizes ? 28 : 0, ImagePreparation.IMAGENET, null, null, "", OnnxOptions.Outputs.GUESS, ""));
        return new PretrainedBody(file, found.description(), found.reading());
    }

    /** Two classes of images, dark and bright ones, and a third that has none. */
    private static ImageDataset images(final ImageShape shape, final int count) throws IOException {
        final var random = new Random(3);
        try (ImageDatasetBuilder builder = ImageDataset.builder(shape, CLASSES)) {
            for (int i = 0; i < count; i++) {
                final var pixels = new byte[shape.size()];
                random.nextBytes(pixels);
                for (int k = 0; k < pixels.length; k++) {
                    pixels[k] = (byte)(Byte.toUnsignedInt(pixels[k]) / 2 + (i % 2 == 0 ? 0 : 100));
                }
                builder.add("image " + i, CLASSES.get(i % 2), pixels);
            }
            return builder.build();
        }
    }

    private static Dense dense(final int inputs, final int outputs, final Random random) {
        final var weights = new float[inputs * outputs];
        final var biases = new float[outputs];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float)(random.nextGaussian() / Math.sqrt(inputs));
        }
        for (int i = 0; i < outputs; i++) {
            biases[i] = (float)random.nextGaussian();
        }
        return new Dense(weights, biases);
    }

    private static DenseHead head(final int inputs, final int hidden) {
        final var random = new Random(5);
        final var means = new float[inputs];
        for (int i = 0; i < inputs; i++) {
            means[i] = (float)random.nextGaussian();
        }
        return new DenseHead(means, hidden == 0 ? List.of(dense(inputs, CLASSES.size(), random))
            : List.of(dense(inputs, hidden, random), dense(hidden, CLASSES.size(), random)));
    }

    private static float[] probabilities(final RunnableNetwork network, final ImageDataset images) throws Exception {
        final var all = new float[images.size() * network.description().classes().size()];
        final var pixels = new byte[images.shape().size()];
        try (Batch batch = network.session().batch(images.size())) {
            for (int i = 0; i < images.size(); i++) {
                images.copyPixels(i, pixels, 0);
                batch.image(i, pixels);
            }
            network.session().probabilities(batch, images.size(), all, 0);
        }
        return all;
    }

    private NpyMatrix extract(final RunnableNetwork network, final ImageDataset images, final String layer, final Pooling pooling) throws Exception {
        final Path file = folder.resolve("layer-%d.npy".formatted(System.nanoTime()));
        ActivationExtractor.extract(network, images, layer, pooling, 4, file, TaskMonitor.none());
        return NpyMatrix.open(file);
    }

    private void check(final PretrainedBody body, final LayerInfo layer, final Pooling pooling, final int hidden, final ImageDataset images) throws Exception {
        final String what = "%s, %s, %d hidden".formatted(layer, pooling, hidden);
        final Path file = folder.resolve("made.onnx");
        final DenseHead head = head(pooling.dimensions(layer), hidden);
        try (var network = OnnxNetwork.open(body.file(), body.description(), body.reading()); var vectors = extract(network, images, layer.name(), pooling)) {
            final OnnxTransfer.Made made = OnnxTransfer.write(body.file(), body.description(), body.reading(), layer, network.isInPlanes(layer),
                pooling == Pooling.GLOBAL_AVERAGE, head, CLASSES, Map.of("seed", "5"), FACTS, file);
            final float[] found;
            try (var together = OnnxNetwork.open(file, made.description(), made.reading())) {
                found = probabilities(together, images);
                check(network, together, images, what);
            }
            final var row = new float[vectors.columns()];
            for (int i = 0; i < images.size(); i++) {
                vectors.readRow(i, row);
                final double[] expected = head.probabilities(row);
                for (int k = 0; k < expected.length; k++) {
                    assertEquals(expected[k], found[i * expected.length + k], CLOSE, what);
                }
            }
            final NetworkDescription description = made.description();
            description.check();
            assertEquals(FACTS, description.training());
            assertEquals(CLASSES, description.classes());
            assertEquals(hidden > 0 ? "head_hidden" : pooling == Pooling.GLOBAL_AVERAGE && layer.height() * layer.width() > 1 ? "head_average" : layer.name(),
                description.defaultLayer(), what);
        }
    }

    /** The body's layers are what they were, and all can be extracted. */
    private void check(final OnnxNetwork network, final OnnxNetwork together, final ImageDataset images, final String what) throws Exception {
        for (LayerInfo info : together.description().layers()) {
            try (var values = extract(together, images, info.name(), Pooling.GLOBAL_AVERAGE)) {
                if (info.name().startsWith("head_")) {
                    assertEquals(info.channels(), values.columns());
                    continue;
                }
                try (var before = extract(network, images, info.name(), Pooling.GLOBAL_AVERAGE)) {
                    final var a = new float[values.columns()];
                    final var b = new float[values.columns()];
                    values.readRow(1, a);
                    before.readRow(1, b);
                    assertArrayEquals(b, a, 0, what + info);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet", "sizes", "gray", "pixels", "half", "patches"})
    void aHeadBehindALayerComputesWhatBothDo(final String name) throws Exception {
        final PretrainedBody body = body(name);
        try (ImageDataset images = images(body.description().shape(), IMAGES)) {
            for (LayerInfo layer : body.description().layers()) {
                if (!layer.isInput()) {
                    check(body, layer, Pooling.GLOBAL_AVERAGE, 0, images);
                }
            }
            final List<LayerInfo> layers = body.description().layers();
            check(body, layers.get(1), Pooling.FLATTEN, 0, images);
            check(body, layers.get(layers.size() / 2), Pooling.FLATTEN, 7, images);
            check(body, body.description().layer(""), Pooling.GLOBAL_AVERAGE, 7, images);
        }
    }

    private static TransferOptions options(final String layer, final int hidden) {
        return new TransferOptions(layer, Pooling.GLOBAL_AVERAGE, 250, new HeadOptions(hidden, 100, 1e-3, 1));
    }

    private TransferredNetwork learn(final PretrainedBody body, final ImageDataset images, final TransferOptions options) throws Exception {
        return TransferLearner.learn(body, images, null, options, folder.resolve("learned-%d.onnx".formatted(System.nanoTime())), TrainingListener.none(), TaskMonitor.none());
    }

    @Test
    void theNetworkIsOneLikeOthers() throws Exception {
        final PretrainedBody body = body("resnet");
        try (ImageDataset images = images(body.description().shape(), 40)) {
            final TransferredNetwork made = learn(body, images, options("/layer1/relu_1/Relu_output_0", 8));
            assertEquals(new TrainingFacts(1, false, made.history().size(), 40), made.description().training());
            assertEquals("Classifier with 8 hidden units on a layer of: ONNX network of pytorch 1.13.0, opset 13, 23 operations",
                made.description().provenance().get("architecture"));
            assertEquals(8 * 9 + 3 * 9, made.parameters());
            final List<String> layers = made.description().layers().stream().map(LayerInfo::name).toList();
            assertTrue(layers.containsAll(List.of("images", "/conv1/Conv_output_0", "/layer1/relu_1/Relu_output_0", "head_average", "head_hidden")), layers.toString());
            assertFalse(layers.stream().anyMatch(layer -> layer.startsWith("/layer2")), layers.toString());
            assertEquals(TransferLearner.expected(body, options("/layer1/relu_1/Relu_output_0", 8), CLASSES).description().layers(),
                made.description().layers());
            assertEquals(TransferLearner.expected(body, options("", 0), CLASSES).reading(), made.reading());
            try (var network = OnnxNetwork.open(made.file(), made.description(), made.reading())) {
                final Predictions predictions = Predictor.predict(network, images, 7, TaskMonitor.none());
                assertEquals(1, predictions.accuracy(images), 0);
            }
            // whoever reads the file again, or Python, needs nothing but it
            final OnnxInspection.Found read = OnnxInspection.of(made.file(),
                new OnnxOptions(List.of(), 0, 0, ImagePreparation.IMAGENET, null, null, "", OnnxOptions.Outputs.GUESS, ""));
            assertEquals(CLASSES, read.description().classes());
            assertEquals("head_hidden", read.description().defaultLayer());
            assertEquals(List.of(), read.notes());
            assertTrue(read.reading().probabilities());
            // and a classifier can be put on the classifier
            final TransferredNetwork again = learn(new PretrainedBody(made.file(), made.description(), made.reading()), images, options("head_hidden", 0));
            assertEquals("head_hidden", again.description().defaultLayer());
            assertEquals("head2_probabilities", again.reading().output());
            assertEquals(1, again.description().training().accuracy(), 0);
        }
    }

    /** The last layer before the positions become fewer for the last time. */
    @Test
    void theDefaultIsALayerThatSeesWhereThingsAre() throws Exception {
        for (var expected : Map.of("resnet", "/layer1/relu_1/Relu_output_0", "gray", "/body/body.1/Relu_output_0", "pixels", "/Relu_output_0").entrySet()) {
            final PretrainedBody body = body(expected.getKey());
            final var options = new TransferOptions("", Pooling.FLATTEN, 250, new HeadOptions(0, 100, 1e-3, 1));
            assertEquals(expected.getValue(), TransferLearner.expected(body, options, CLASSES).description().defaultLayer());
            try (ImageDataset images = images(body.description().shape(), 20)) {
                assertEquals(expected.getValue(), learn(body, images, options).description().defaultLayer());
            }
        }
    }

    @Test
    void theSameImagesGiveTheSameFile() throws Exception {
        final PretrainedBody body = body("resnet");
        try (ImageDataset images = images(body.description().shape(), 70)) {
            assertEquals(-1, Files.mismatch(learn(body, images, options("", 4)).file(), learn(body, images, options("", 4)).file()));
        }
    }

    @Test
    void imagesOfOneSizeAndALayerThatIsThere() throws Exception {
        final PretrainedBody body = body("resnet");
        try (ImageDataset images = images(body.description().shape(), 4); ImageDataset small = images(new ImageShape(3, 20, 20), 4)) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> learn(body, images, options("images", 0))).getMessage().contains("the images themselves"));
            assertThrows(java.util.NoSuchElementException.class, () -> learn(body, images, options("/nowhere", 0)));
            assertThrows(IllegalArgumentException.class, () -> learn(body, small, options("", 0)));
        }
    }

    /** The file's opset is set down to one in which operators meant something else. */
    @Test
    void earlyOperatorsAreRefused() throws Exception {
        final PretrainedBody body = body("resnet");
        final byte[] bytes = Files.readAllBytes(body.file());
        assertEquals(13, bytes[bytes.length - 1]);
        bytes[bytes.length - 1] = 6;
        Files.write(body.file(), bytes);
        final LayerInfo layer = body.description().layers().get(1);
        final String message = assertThrows(IOException.class, () -> OnnxTransfer.write(body.file(), body.description(), body.reading(), layer, true, true,
            head(layer.channels(), 0), CLASSES, Map.of(), FACTS, folder.resolve("none.onnx"))).getMessage();
        assertTrue(message.contains("resnet.onnx") && message.contains("opset 6") && message.contains("opset 7 or later"), message);
    }

    /** Nothing stays behind in the folder for temporary files. */
    @Test
    void aCancelledTrainingLeavesNothing() throws Exception {
        final PretrainedBody body = body("resnet");
        final List<Path> before = temporary();
        try (ImageDataset images = images(body.description().shape(), 40)) {
            for (int calls : new int[]{0, 2, 5, 12}) {
                final var left = new AtomicInteger(calls);
                final TaskMonitor monitor = new TaskMonitor() {
                    @Override
                    public void progress(final double fraction, final String message) {
                        // nobody looks
                    }

                    @Override
                    public void checkCancelled() throws TaskCancelledException {
                        if (left.getAndDecrement() <= 0) {
                            throw new TaskCancelledException();
                        }
                    }
                };
                assertThrows(TaskCancelledException.class, () -> TransferLearner.learn(body, images, images, options("", 0), folder.resolve("cancelled.onnx"),
                    TrainingListener.none(), monitor));
            }
        }
        assertEquals(before, temporary());
    }

    private static List<Path> temporary() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new ArrayList<>(files.filter(f -> f.getFileName().toString().startsWith("spectralsignatures-layer-p" + ProcessHandle.current().pid() + "-")).sorted().toList());
        }
    }
}
