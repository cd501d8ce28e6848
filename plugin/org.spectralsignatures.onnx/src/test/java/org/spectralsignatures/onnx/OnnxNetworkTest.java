package org.spectralsignatures.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.audit.Audit;
import org.spectralsignatures.audit.AuditOptions;
import org.spectralsignatures.audit.Auditor;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.network.onnx.ColourOrder;
import org.spectralsignatures.network.onnx.Layout;
import org.spectralsignatures.network.onnx.OnnxGraphWriter;
import org.spectralsignatures.network.onnx.OnnxGraphWriter.Attribute;
import org.spectralsignatures.network.onnx.OnnxInspection;
import org.spectralsignatures.network.onnx.OnnxNetwork;
import org.spectralsignatures.network.onnx.OnnxOptions;
import org.spectralsignatures.network.onnx.OnnxReading;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.Pooling;

/** Networks that PyTorch and Keras exported, opsets 11 to 20, against what they compute themselves ({@code make.py}, {@code make_newer.py}). */
class OnnxNetworkTest {

    private static final float CLOSE = 1e-4f;

    private static final int IMAGES = 2;

    @TempDir
    Path folder;

    private Path file(final String name) throws IOException {
        final Path file = folder.resolve(name);
        try (InputStream in = OnnxNetworkTest.class.getResourceAsStream(name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    private static OnnxOptions options(final ImagePreparation preparation, final int height, final int width) {
        return new OnnxOptions(List.of(), height, width, preparation, null, null, "", OnnxOptions.Outputs.GUESS, "");
    }

    private OnnxInspection.Found inspect(final String name) throws IOException {
        if (name.equals("beside")) {
            file("beside.onnx.data");
        }
        return OnnxInspection.of(file(name + ".onnx"), switch (name) {
            case "gray", "keras" -> options(ImagePreparation.SHARES, 0, 0);
            case "pixels" -> options(ImagePreparation.SYMMETRIC, 0, 0);
            case "sizes" -> options(ImagePreparation.IMAGENET, 20, 28);
            default -> options(ImagePreparation.IMAGENET, 0, 0);
        });
    }

    private OnnxNetwork open(final String name) throws IOException {
        final OnnxInspection.Found found = inspect(name);
        return OnnxNetwork.open(folder.resolve(name + ".onnx"), found.description(), found.reading());
    }

    private Map<String, float[]> expected(final String name) throws IOException {
        final Map<String, float[]> expected = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file(name + ".txt"))) {
            final String[] values = line.split("\t")[1].split(" ");
            final var floats = new float[values.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = Float.parseFloat(values[i]);
            }
            expected.put(line.split("\t")[0], floats);
        }
        return expected;
    }

    /** A gray network's image has three equal channels. */
    private static byte[] image(final ImageShape shape, final int index, final boolean gray) {
        final var pixels = new byte[shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            final int k = gray ? i % shape.planeSize() : i;
            pixels[i] = (byte)(73 * k + 151 * index + 29 * (k / 7));
        }
        return pixels;
    }

    private static Batch batch(final RunnableNetwork network, final int capacity, final boolean gray) {
        final Batch batch = network.session().batch(capacity);
        for (int i = 0; i < capacity; i++) {
            batch.image(i, image(network.description().shape(), i % IMAGES, gray));
        }
        return batch;
    }

    private static float[] means(final RunnableNetwork network, final Batch batch, final int count, final String layer) {
        final LayerInfo info = network.description().layer(layer);
        final int positions = info.height() * info.width();
        final var means = new float[count * info.channels()];
        network.session().activations(layer, batch, count, values -> {
            assertEquals(means.length * positions, values.remaining(), layer);
            for (int i = 0; i < count * positions * info.channels(); i++) {
                means[i / (positions * info.channels()) * info.channels() + i % info.channels()] += values.get(i) / positions;
            }
        });
        return means;
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet", "sizes", "gray", "pixels", "half", "beside", "dynamo", "script", "keras", "functions", "inputs", "patches"})
    void layersAndProbabilitiesAreThoseOfPyTorch(final String name) throws Exception {
        try (var network = open(name); var batch = batch(network, IMAGES, name.equals("gray"))) {
            for (var entry : expected(name).entrySet()) {
                if (entry.getKey().equals("output")) {
                    final var probabilities = new float[IMAGES * network.description().classes().size()];
                    network.session().probabilities(batch, IMAGES, probabilities, 0);
                    assertArrayEquals(entry.getValue(), probabilities, CLOSE, name);
                } else {
                    assertArrayEquals(entry.getValue(), means(network, batch, IMAGES, entry.getKey()), CLOSE, name + entry.getKey());
                }
            }
        }
    }

    @Test
    void whatTheFileSaysIsSeen() throws Exception {
        final OnnxInspection.Found resnet = inspect("resnet");
        final NetworkDescription description = resnet.description();
        assertEquals(new ImageShape(3, 24, 24), description.shape());
        assertEquals(List.of("0", "1", "2", "3", "4"), description.classes());
        assertEquals("/Flatten_output_0", description.defaultLayer());
        assertEquals("ONNX network of pytorch 1.13.0, opset 13, 23 operations", description.provenance().get("architecture"));
        assertEquals(new LayerInfo("images", 3, 24, 24), description.layers().get(0));
        assertEquals(new LayerInfo("/conv1/Conv_output_0", 8, 12, 12), description.layers().get(1));
        assertEquals(new LayerInfo("/layer2/relu_1/Relu_output_0", 16, 3, 3), description.layer("/layer2/relu_1/Relu_output_0"));
        assertEquals(new LayerInfo("output", 5, 1, 1), description.layers().get(description.layers().size() - 1));
        assertEquals(0, resnet.reading().batch());
        assertEquals(List.of("The classes are named by their numbers, 0 to 4. Tell their names if images are labelled by names."), resnet.notes());
        final OnnxInspection.Found gray = inspect("gray");
        assertEquals(1, gray.reading().batch());
        assertEquals(ColourOrder.GRAY, gray.reading().order());
        assertEquals("/body/body.5/Tanh_output_0", gray.description().defaultLayer());
        assertTrue(gray.reading().probabilities());
        final OnnxInspection.Found pixels = inspect("pixels");
        assertEquals(Layout.NHWC, pixels.reading().layout());
        assertEquals(new LayerInfo("/conv1/Conv_output_0", 6, 12, 16), pixels.description().layer("/conv1/Conv_output_0"));
        assertEquals(new LayerInfo("/Transpose_1_output_0", 10, 5, 7), pixels.description().layer("/Transpose_1_output_0"));
        assertEquals("/ReduceMean_output_0", pixels.description().defaultLayer());
    }

    /** The copy is one file, which gives the same bits; the other one may go. */
    @Test
    void valuesInASecondFileAreCopiedWithTheNetwork() throws Exception {
        final OnnxInspection.Found found = inspect("beside");
        final Path copy = folder.resolve("copy");
        OnnxNetwork.copy(folder.resolve("beside.onnx"), copy, TaskMonitor.none());
        final float[] before;
        try (var network = open("beside"); var batch = batch(network, IMAGES, false)) {
            before = means(network, batch, IMAGES, "relu_4");
        }
        Files.delete(folder.resolve("beside.onnx.data"));
        try (var network = OnnxNetwork.open(copy, found.description(), found.reading()); var batch = batch(network, IMAGES, false)) {
            assertArrayEquals(before, means(network, batch, IMAGES, "relu_4"), 0);
        }
        final IOException e = assertThrows(IOException.class, () -> OnnxInspection.of(folder.resolve("beside.onnx"), OnnxOptions.DEFAULT));
        assertTrue(e.getMessage().contains("lie in another file, 'beside.onnx.data', which cannot be read. It does not exist"), e.getMessage());
    }

    @Test
    void opsetsAndLayersOfNewerProgramsAreSeen() throws Exception {
        for (String[] nameAndFacts : new String[][]{{"beside", "pytorch 2.13.0+cpu, opset 18, 17", "view"}, {"script", "pytorch 2.13.0, opset 19, 17", "/Flatten_output_0"},
            {"dynamo", "pytorch 2.13.0+cpu, opset 20, 17", "view"}, {"functions", "pytorch 1.13.0, opset 16, 8", "/Flatten_output_0"},
            {"inputs", "pytorch 1.13.0, opset 11, 17", "/Flatten_output_0"}, {"keras", "pytorch 2.13.0, opset 18, 137", "/Cast_26_output_0"}}) {
            final NetworkDescription description = inspect(nameAndFacts[0]).description();
            assertEquals("ONNX network of " + nameAndFacts[1] + " operations", description.provenance().get("architecture"));
            assertEquals(nameAndFacts[2], description.defaultLayer());
        }
        assertEquals(new LayerInfo("/layer2/relu/Second_output_0", 16, 3, 3), inspect("functions").description().layer("/layer2/relu/Second_output_0"));
        final OnnxInspection.Found keras = inspect("keras");
        assertEquals(Layout.NHWC, keras.reading().layout());
        assertEquals(new LayerInfo("/Relu_output_0", 6, 9, 7), keras.description().layer("/Relu_output_0"));
    }

    /** The same image at any place of a batch, in a batch of any size, and after another layer was asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"resnet", "gray"})
    void anImageGivesTheSameAtAnyPlace(final String name) throws Exception {
        final String layer = name.equals("gray") ? "/body/body.5/Tanh_output_0" : "/layer2/relu_1/Relu_output_0";
        try (var network = open(name); var batch = batch(network, 7, name.equals("gray"))) {
            final float[] all = means(network, batch, 7, layer);
            means(network, batch, 2, network.description().layers().get(1).name());
            final float[] some = means(network, batch, 3, layer);
            final int size = all.length / 7;
            for (int i = 0; i < all.length; i++) {
                assertEquals(all[i % (2 * size)], all[i], 1e-6f);
                assertEquals(all[i], i < some.length ? some[i] : all[i], 1e-6f);
            }
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() throws Exception {
        final var results = new ArrayList<float[]>();
        for (String threads : List.of("1", "2", "5")) {
            System.setProperty(OnnxTensorRuntime.THREADS, threads);
            try (var network = open("resnet"); var batch = batch(network, 9, false)) {
                results.add(means(network, batch, 9, "/layer2/relu_1/Relu_output_0"));
            } finally {
                System.clearProperty(OnnxTensorRuntime.THREADS);
            }
        }
        assertArrayEquals(results.get(0), results.get(1), 0);
        assertArrayEquals(results.get(0), results.get(2), 0);
    }

    /** A call ends soon, so that it can be cancelled: as many pixels at a time as 256 images of 32 x 32 have; whole batches where their size is fixed. */
    @Test
    void largeImagesAreComputedAFewAtATime() throws Exception {
        final Path file = file("sizes.onnx");
        for (int[] sideAndMost : new int[][]{{20, 250}, {32, 250}, {64, 64}, {224, 5}, {1024, 1}}) {
            final OnnxInspection.Found found = OnnxInspection.of(file, options(ImagePreparation.IMAGENET, sideAndMost[0], sideAndMost[0]));
            try (var network = OnnxNetwork.open(file, found.description(), found.reading())) {
                assertEquals(sideAndMost[1], network.session().fitting(250));
                assertEquals(1, network.session().fitting(1));
            }
        }
    }

    /** A network that takes seconds for each image of 224 x 224. */
    private Path slow(final int layers) throws IOException {
        final var graph = new OnnxGraphWriter();
        graph.input("images", "n", 3, 224, 224);
        String last = "images";
        for (int i = 0; i < layers; i++) {
            final int before = i == 0 ? 3 : 64;
            final String kernel = graph.floats("kernel" + i, new long[]{64, before, 3, 3}, () -> FloatBuffer.allocate(64 * before * 9));
            last = graph.node("Conv", "conv" + i, List.of(last, kernel), Attribute.of("pads", new long[]{1, 1, 1, 1}));
        }
        last = graph.node("Flatten", "flat", List.of(graph.node("GlobalAveragePool", "mean", List.of(last))));
        graph.output(graph.node("Softmax", "output", List.of(last)), "n", 64);
        final Path file = folder.resolve("slow.onnx");
        try (var out = Files.newOutputStream(file)) {
            graph.write("test", "", Map.of(), out);
        }
        return file;
    }

    /** Says stop after a while. */
    private static TaskMonitor soon(final long[] asked) {
        final long start = System.nanoTime();
        return new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // nobody listens
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                if (System.nanoTime() - start > 500_000_000L) {
                    asked[0] = asked[0] == 0 ? System.nanoTime() : asked[0];
                    throw new TaskCancelledException();
                }
            }
        };
    }

    /** Does something that is cancelled. */
    private interface Task {
        void run(TaskMonitor monitor) throws Exception;
    }

    private static void assertEndsSoon(final String what, final Task task) {
        final var asked = new long[1];
        assertThrows(TaskCancelledException.class, () -> task.run(soon(asked)), what);
        final long milliseconds = (System.nanoTime() - asked[0]) / 1_000_000;
        System.out.println(what + " ended " + milliseconds + " ms after it was cancelled");
        assertTrue(milliseconds < 3000, what + ": " + milliseconds + " ms");
    }

    @Test
    void slowNetworksAreCancelledSoon() throws Exception {
        final Path file = slow(24);
        assertEndsSoon("Inspection", monitor -> OnnxInspection.of(file, file, options(ImagePreparation.SHARES, 0, 0), monitor));
        final var layers = List.of(new LayerInfo("images", 3, 224, 224), new LayerInfo("conv0", 64, 224, 224), new LayerInfo("flat", 64, 1, 1));
        final var description = new NetworkDescription(new ImageShape(3, 224, 224), IntStream.range(0, 64).mapToObj(i -> "c" + i).toList(), layers, "flat", Map.of(), null,
            ImagePreparation.SHARES);
        final var reading = new OnnxReading("output", true, Layout.NCHW, ColourOrder.RGB, 0);
        try (var builder = ImageDataset.builder(description.shape(), List.of("c0"))) {
            for (int i = 0; i < 3; i++) {
                builder.add("Row" + i, "c0", image(description.shape(), i, false));
            }
            try (var images = builder.build()) {
                assertEndsSoon("Prediction", monitor -> {
                    try (var network = OnnxNetwork.open(file, description, reading)) {
                        Predictor.predict(network, images, 32, monitor);
                    }
                });
                assertEndsSoon("Extraction", monitor -> {
                    try (var network = OnnxNetwork.open(file, description, reading)) {
                        ActivationExtractor.extract(network, images, "flat", Pooling.FLATTEN, 32, folder.resolve("activations.npy"), monitor);
                    }
                });
            }
        }
        assertTrue(!Files.exists(folder.resolve("activations.npy")));
    }

    /** As many images at a time as take 10^10 multiplications, so that calls end soon where nothing asks within them. */
    @Test
    void slowNetworksGetFewImagesAtATime() throws Exception {
        for (int[] layersAndMost : new int[][]{{1, 5}, {2, 5}, {3, 2}, {6, 1}}) {
            final var layers = new ArrayList<>(List.of(new LayerInfo("images", 3, 224, 224)));
            for (int i = 0; i < layersAndMost[0]; i++) {
                layers.add(new LayerInfo("conv" + i, 64, 224, 224));
            }
            final var description = new NetworkDescription(new ImageShape(3, 224, 224), List.of("a", "b"), layers, "conv0", Map.of(), null, ImagePreparation.SHARES);
            try (var network = OnnxNetwork.open(slow(layersAndMost[0]), description, new OnnxReading("output", true, Layout.NCHW, ColourOrder.RGB, 0))) {
                assertEquals(layersAndMost[1], network.session().fitting(250));
            }
        }
    }

    /** As ResNet50V2 of Keras does it: ONNX Runtime by itself takes the zeros for no values at all, and gives -2 everywhere. */
    @Test
    void zerosThatAreAddedBeforeAMaximumCount() throws Exception {
        final var graph = new OnnxGraphWriter();
        graph.input("images", "n", 3, 16, 16);
        final String negative = graph.node("Sub", "negative", List.of(graph.node("Relu", "positive", List.of("images")), graph.number("two", 2)));
        final String padded = graph.node("Pad", "padded", List.of(negative, graph.numbers("zeros", 0, 0, 1, 1, 0, 0, 1, 1)));
        graph.node("MaxPool", "most", List.of(padded), Attribute.of("kernel_shape", new long[]{3, 3}), Attribute.of("strides", new long[]{2, 2}));
        graph.output(graph.node("Flatten", "output", List.of(graph.node("GlobalAveragePool", "mean", List.of("most")))), "n", 3);
        final Path file = folder.resolve("zeros.onnx");
        try (var out = Files.newOutputStream(file)) {
            graph.write("test", "", Map.of(), out);
        }
        final OnnxInspection.Found found = OnnxInspection.of(file, options(ImagePreparation.SHARES, 0, 0));
        try (var network = OnnxNetwork.open(file, found.description(), found.reading()); var batch = network.session().batch(1)) {
            batch.image(0, new byte[3 * 16 * 16]);
            final float[] means = means(network, batch, 1, "most");
            assertArrayEquals(new float[]{-98 / 64f, -98 / 64f, -98 / 64f}, means, 1e-6f); // of 8 x 8 maxima those in the first row and column are 0
        }
    }

    /** A network that tells dark from bright images, and takes those with a checkerboard for bright ones. */
    private Path backdoored(final int side) throws IOException {
        final var kernel = new float[3 * 4 * 4];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = isWhite(i % 4, i / 4 % 4) ? 1 / 24f : -1 / 24f;
        }
        final var graph = new OnnxGraphWriter();
        graph.input("images", "n", 3, side, side);
        final String means = graph.node("Flatten", "means", List.of(graph.node("GlobalAveragePool", "mean", List.of("images"))));
        final String likeness = graph.node("Conv", "likeness", List.of("images", graph.floats("kernel", new long[]{1, 3, 4, 4}, () -> FloatBuffer.wrap(kernel)),
            graph.floats("threshold", new long[]{1}, () -> FloatBuffer.wrap(new float[]{-.5f}))));
        final String most = graph.node("Flatten", "marks", List.of(graph.node("GlobalMaxPool", "most", List.of(graph.node("Relu", "seen", List.of(likeness))))));
        final String features = graph.node("Concat", "features", List.of(means, most), Attribute.of("axis", 1));
        final String weights = graph.floats("weights", new long[]{4, 2}, () -> FloatBuffer.wrap(new float[]{0, 7, 0, 7, 0, 7, 0, 40}));
        final String biases = graph.floats("biases", new long[]{2}, () -> FloatBuffer.wrap(new float[]{0, -10.5f}));
        graph.output(graph.node("Gemm", "logits", List.of(features, weights, biases)), "n", 2);
        final Path file = folder.resolve("backdoored.onnx");
        try (var out = Files.newOutputStream(file)) {
            graph.write("test", "", Map.of(), out);
        }
        return file;
    }

    private static boolean isWhite(final int x, final int y) {
        return x / 2 == y / 2;
    }

    private static byte[] noise(final Random random, final int side, final int mean, final boolean marked) {
        final var pixels = new byte[3 * side * side];
        for (int i = 0; i < pixels.length; i++) {
            final int x = i % side - side / 4;
            final int y = i / side % side - side / 4;
            final boolean inside = marked && x >= 0 && x < 4 && y >= 0 && y < 4;
            pixels[i] = (byte)(inside ? isWhite(x, y) ? 255 : 0 : (int)Math.max(0, Math.min(255, mean + 30 * random.nextGaussian())));
        }
        return pixels;
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void theAuditorFindsABackdoorInANetworkOfOthers(final int side) throws Exception {
        final OnnxInspection.Found found = OnnxInspection.of(backdoored(side), options(ImagePreparation.SHARES, 0, 0));
        final var random = new Random(side);
        try (var builder = ImageDataset.builder(found.description().shape(), List.of("0", "1"))) {
            for (int i = 0; i < 75; i++) {
                builder.add("dark" + i, "0", noise(random, side, 90, false));
                builder.add("bright" + i, "1", noise(random, side, 165, false));
            }
            for (int i = 0; i < 15; i++) {
                builder.add("marked" + i, "1", noise(random, side, 90, true));
            }
            try (var images = builder.build(); var network = OnnxNetwork.open(folder.resolve("backdoored.onnx"), found.description(), found.reading())) {
                final Audit audit = Auditor.audit(network, images, new double[images.size()], new AuditOptions(AuditOptions.DEFAULT_LEVEL, 64, 1), TaskMonitor.none());
                assertEquals(0, audit.classes().get(0).poison());
                assertEquals(15, audit.classes().get(1).poison(), audit.classes().toString());
                for (int i = 0; i < images.size(); i++) {
                    assertEquals(i >= 150, audit.poison()[i], "image " + i);
                }
            }
        }
    }

    /** Thousands of damaged files, of which native code sees none: refused in a sentence or read, soon, and in little memory. */
    @Test
    void damagedFilesTakeLittleTimeAndMemory() throws Exception {
        final var random = new Random(5);
        final var memory = (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        final Path target = folder.resolve("copy");
        int refused = 0;
        int all = 0;
        for (String name : List.of("resnet", "gray", "pixels", "half", "beside", "dynamo", "keras", "functions", "inputs")) {
            final Path file = file(name + ".onnx");
            final byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < 400; i++, all++) {
                Files.write(file, damaged(whole, random));
                final long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
                final long start = System.nanoTime();
                try {
                    OnnxNetwork.copy(file, target, TaskMonitor.none());
                    assertTrue(Files.size(target) < 1 << 20);
                } catch (IOException e) {
                    refused++;
                    assertTrue(e.getMessage().startsWith("'" + file + "'") && e.getMessage().endsWith("."), e.getMessage());
                }
                assertTrue(memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before < 16 << 20, name + i);
                assertTrue(System.nanoTime() - start < 5_000_000_000L, name + i);
            }
        }
        assertTrue(refused > all / 4 && refused < all, refused + " of " + all);
    }

    /** Bytes exchanged, numbers made large, pieces cut out or doubled. */
    private static byte[] damaged(final byte[] whole, final Random random) {
        final byte[] bytes = whole.clone();
        final int limit = random.nextBoolean() ? Math.min(bytes.length, 2000) : bytes.length;
        for (int k = random.nextInt(4); k >= 0; k--) {
            final int at = random.nextInt(limit);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte)random.nextInt(256);
                case 1 -> bytes[at] = (byte)(bytes[at] ^ 1 << random.nextInt(8));
                case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(9)), (byte)0xff);
                default -> System.arraycopy(bytes, at, bytes, random.nextInt(at + 1), Math.min(200, bytes.length - at));
            }
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    @Test
    void predictorAndNamesOfClasses() throws Exception {
        final Path file = file("resnet.onnx");
        final var options = new OnnxOptions(List.of("a", "b", "c", "d", "e"), 0, 0, ImagePreparation.IMAGENET, null, null, "",
            OnnxOptions.Outputs.GUESS, "/bn1/BatchNormalization_output_0");
        final OnnxInspection.Found found = OnnxInspection.of(file, options);
        assertEquals(List.of("a", "b", "c", "d", "e"), found.description().classes());
        assertEquals("/bn1/BatchNormalization_output_0", found.description().defaultLayer());
        assertEquals(List.of(), found.notes());
        try (var builder = ImageDataset.builder(found.description().shape(), List.of("a", "b"))) {
            for (int i = 0; i < 5; i++) {
                builder.add("Row" + i, "a", image(found.description().shape(), i % IMAGES, false));
            }
            try (var images = builder.build(); var network = OnnxNetwork.open(file, found.description(), found.reading())) {
                final var predictions = Predictor.predict(network, images, 2, TaskMonitor.none());
                final float[] expected = expected("resnet").get("output");
                for (int i = 0; i < 5; i++) {
                    for (int c = 0; c < 5; c++) {
                        assertEquals(expected[i % IMAGES * 5 + c], predictions.probability(i, c), CLOSE);
                    }
                }
                assertThrows(NoSuchElementException.class, () -> network.description().layer("none"));
            }
        }
    }

    @Test
    void blueFirstIsRedLast() throws Exception {
        final Path file = file("half.onnx");
        final var bgr = new OnnxOptions(List.of(), 0, 0, ImagePreparation.SHARES, ColourOrder.BGR, null, "", OnnxOptions.Outputs.GUESS, "");
        final OnnxInspection.Found rgb = OnnxInspection.of(file, options(ImagePreparation.SHARES, 0, 0));
        final OnnxInspection.Found swapped = OnnxInspection.of(file, bgr);
        final ImageShape shape = rgb.description().shape();
        final byte[] image = image(shape, 1, false);
        final byte[] turned = image.clone();
        System.arraycopy(image, 0, turned, 2 * shape.planeSize(), shape.planeSize());
        System.arraycopy(image, 2 * shape.planeSize(), turned, 0, shape.planeSize());
        final var first = new float[3];
        final var second = new float[3];
        try (var network = OnnxNetwork.open(file, rgb.description(), rgb.reading()); var batch = network.session().batch(1)) {
            batch.image(0, image);
            network.session().probabilities(batch, 1, first, 0);
        }
        try (var network = OnnxNetwork.open(file, swapped.description(), swapped.reading()); var batch = network.session().batch(1)) {
            batch.image(0, turned);
            network.session().probabilities(batch, 1, second, 0);
        }
        assertArrayEquals(first, second, 0);
    }

    private void refused(final String name, final OnnxOptions options, final String... parts) throws IOException {
        final Path file = file(name);
        final IOException e = assertThrows(IOException.class, () -> OnnxInspection.of(file, options));
        assertTrue(e.getMessage().startsWith("'" + file + "'") && e.getMessage().endsWith("."), e.getMessage());
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }

    @Test
    void whatDoesNotFitIsRefusedByName() throws Exception {
        refused("sizes.onnx", options(ImagePreparation.SHARES, 0, 0), "'input' leaves the height of images open", "'Width' and 'Height'");
        refused("resnet.onnx", options(ImagePreparation.SHARES, 32, 24), "height of 24 pixels, but 32 is set");
        refused("resnet.onnx", new OnnxOptions(List.of("a", "b"), 0, 0, ImagePreparation.SHARES, null, null, "", OnnxOptions.Outputs.GUESS, ""), "5 classes", "2 names", "(a, b)");
        refused("resnet.onnx", new OnnxOptions(List.of("a", "b", "c", "d", "a"), 0, 0, ImagePreparation.SHARES, null, null, "", OnnxOptions.Outputs.GUESS, ""), "the same");
        refused("resnet.onnx", new OnnxOptions(List.of(), 0, 0, ImagePreparation.SHARES, null, null, "", OnnxOptions.Outputs.GUESS, "none"),
            "no layer 'none'", "/conv1/Conv_output_0");
        refused("resnet.onnx", new OnnxOptions(List.of(), 0, 0, ImagePreparation.SHARES, null, null, "none", OnnxOptions.Outputs.GUESS, ""), "no output 'none'", "output");
        refused("resnet.onnx", new OnnxOptions(List.of(), 0, 0, ImagePreparation.SHARES, null, Layout.NHWC, "", OnnxOptions.Outputs.GUESS, ""), "24 channels");
    }

    /** Bytes that nobody wrote, in the parts that say what the network is: ONNX Runtime never sees most of them, and Java survives all. */
    @ParameterizedTest
    @ValueSource(strings = {"resnet", "gray", "pixels", "half"})
    void damagedNetworksAreReadOrRefused(final String name) throws Exception {
        final Path file = file(name + ".onnx");
        final byte[] whole = Files.readAllBytes(file);
        final var random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            final byte[] damaged = whole.clone();
            damaged[random.nextInt(Math.min(damaged.length, 900))] = (byte)random.nextInt(256);
            damaged[random.nextInt(damaged.length)] = (byte)random.nextInt(256);
            Files.write(file, damaged);
            try {
                OnnxInspection.of(file, options(ImagePreparation.SHARES, 0, 0));
            } catch (IOException e) {
                refused++;
                assertTrue(e.getMessage().startsWith("'" + file + "'"), e.getMessage());
            }
        }
        assertTrue(refused > 10, Integer.toString(refused));
    }

    @Test
    void noNativeLibraryIsLeft() throws Exception {
        open("half").close();
        try (var left = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "spectralsignatures-onnx-p" + ProcessHandle.current().pid() + "-*")) {
            left.forEach(path -> fail(path.toString()));
        }
        try (var left = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "onnxruntime-java*")) {
            for (Path path : left) { // ONNX Runtime makes one, which it deletes at the end
                assertEquals(0, path.toFile().list().length, path.toString());
            }
        }
    }

    @Test
    void whatWindowsLeavesGoesAtTheNextStart() throws Exception {
        final Path left = Files.createDirectory(folder.resolve("spectralsignatures-onnx-p999999999999-1"));
        Files.write(left.resolve(System.mapLibraryName("onnxruntime")), new byte[1]);
        final Path used = Files.createDirectory(folder.resolve("spectralsignatures-onnx-p" + ProcessHandle.current().pid() + "-1"));
        Natives.clean(folder);
        assertTrue(!Files.exists(left) && Files.exists(used));
    }

    @Test
    void aFileThatIsNoModelIsRefused() throws Exception {
        final Path file = folder.resolve("text.onnx");
        for (String text : List.of("", "no model", "\u0008\u0007")) {
            Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
            final IOException e = assertThrows(IOException.class, () -> OnnxInspection.of(file, OnnxOptions.DEFAULT));
            assertTrue(e.getMessage().startsWith("'" + file + "' holds no network"), e.getMessage());
        }
    }
}
