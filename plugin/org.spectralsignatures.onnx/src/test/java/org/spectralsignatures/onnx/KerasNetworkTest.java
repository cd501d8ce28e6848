package org.spectralsignatures.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.keras.KerasNetwork;
import org.spectralsignatures.network.onnx.OnnxInspection;
import org.spectralsignatures.network.onnx.OnnxNetwork;
import org.spectralsignatures.network.onnx.OnnxOptions;

/** Networks that Keras saved, against what Keras gives for each of their layers ({@code keras/make.py}). */
class KerasNetworkTest {

    private static final float CLOSE = 1e-4f;

    @TempDir
    Path folder;

    private Path file(final String name) throws IOException {
        final Path file = folder.resolve(name);
        try (InputStream in = KerasNetworkTest.class.getResourceAsStream("keras/" + name)) {
            return Files.write(file, in.readAllBytes());
        }
    }

    private void translate(final Path file, final Path target) throws IOException, TaskCancelledException {
        KerasNetwork.toOnnx(file, file.toString().endsWith(".keras"), 0, 0, target, TaskMonitor.none());
    }

    private OnnxInspection.Found inspect(final String name) throws Exception {
        final Path target = folder.resolve("translated.onnx");
        translate(file(name), target);
        final boolean shares = name.startsWith("resnet") || name.startsWith("others");
        return OnnxInspection.of(target, folder.resolve(name), new OnnxOptions(List.of(), 0, 0, shares ? ImagePreparation.SHARES : ImagePreparation.BYTES, null, null, "",
            OnnxOptions.Outputs.GUESS, ""), TaskMonitor.none());
    }

    private static byte[] image(final ImageShape shape, final int index, final boolean gray) {
        final var pixels = new byte[shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            final int k = gray ? i % shape.planeSize() : i;
            pixels[i] = (byte)(73 * k + 151 * index + 29 * (k / 7));
        }
        return pixels;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mobile.keras", "mobile2.h5", "resnet.h5", "sequence.keras", "sequence2.h5", "others.keras", "nested.keras", "nested.h5", "nested2.h5"})
    void eachLayerGivesWhatKerasGives(final String name) throws Exception {
        final OnnxInspection.Found found = inspect(name);
        try (var network = OnnxNetwork.open(folder.resolve("translated.onnx"), found.description(), found.reading()); var batch = network.session().batch(2)) {
            batch.image(0, image(found.description().shape(), 0, name.startsWith("sequence")));
            batch.image(1, image(found.description().shape(), 1, name.startsWith("sequence")));
            int layers = 0;
            for (String line : Files.readAllLines(file(name.substring(0, name.indexOf('.')).replaceAll("(nested|sequence)2", "$1") + ".txt"))) {
                final String layer = line.split("\t")[0];
                final String[] values = line.split("\t")[1].split(" ");
                final var expected = new float[values.length];
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = Float.parseFloat(values[i]);
                }
                if (layer.equals("output")) {
                    assertOutput(found, network, batch, expected);
                } else if (!layer.equals("flatten") || !name.startsWith("mobile")) {
                    final var means = new float[expected.length];
                    final LayerInfo info = network.description().layer(layer);
                    final int positions = info.height() * info.width();
                    network.session().activations(layer, batch, 2, all -> {
                        assertEquals(means.length * positions, all.remaining(), layer);
                        for (int i = 0; i < all.remaining(); i++) {
                            means[i / (positions * info.channels()) * info.channels() + i % info.channels()] += all.get(i) / positions;
                        }
                    });
                    assertClose(expected, means, name + " " + layer);
                    layers++;
                }
            }
            assertTrue(layers >= (name.startsWith("nested") ? 2 : 10), layers + " layers");
        }
    }

    private static void assertClose(final float[] expected, final float[] actual, final String what) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], CLOSE * Math.max(1, Math.abs(expected[i])), what + " " + i);
        }
    }

    private static void assertOutput(final OnnxInspection.Found found, final OnnxNetwork network, final org.spectralsignatures.engine.Batch batch, final float[] expected) {
        final int classes = found.description().classes().size();
        final var probabilities = new float[2 * classes];
        network.session().probabilities(batch, 2, probabilities, 0);
        if (found.reading().probabilities()) {
            assertArrayEquals(expected, probabilities, CLOSE);
            return;
        }
        for (int i = 0; i < 2; i++) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(expected[i * classes + c]);
            }
            for (int c = 0; c < classes; c++) {
                assertEquals(Math.exp(expected[i * classes + c]) / sum, probabilities[i * classes + c], CLOSE);
            }
        }
    }

    @Test
    void whatTheFileSaysIsSeen() throws Exception {
        final OnnxInspection.Found mobile = inspect("mobile.keras");
        assertEquals(new ImageShape(3, 30, 26), mobile.description().shape());
        assertTrue(mobile.description().provenance().get("architecture").startsWith("ONNX network of Keras 3.15.1, opset 13, "), mobile.description().provenance().toString());
        assertEquals("mobile.keras", mobile.description().provenance().get("file"));
        assertTrue(mobile.reading().probabilities());
        final OnnxInspection.Found resnet = inspect("resnet.h5");
        assertEquals("dense", resnet.description().defaultLayer());
        assertEquals(new LayerInfo("conv1", 8, 13, 14), resnet.description().layer("conv1"));
        assertTrue(!resnet.reading().probabilities());
        final OnnxInspection.Found nested = inspect("nested2.h5");
        assertEquals(new LayerInfo("base/shared", 3, 12, 12), nested.description().layer("base/shared"));
        assertTrue(nested.description().provenance().get("architecture").contains("Keras 2.10.0"));
        final Path translated = folder.resolve("translated.onnx");
        translate(folder.resolve("mobile.keras"), translated);
        assertEquals(ImagePreparation.BYTES, OnnxInspection.of(translated, OnnxOptions.DEFAULT).description().preparation()); // its first layer divides
        translate(folder.resolve("resnet.h5"), translated);
        assertEquals(ImagePreparation.SHARES, OnnxInspection.of(translated, OnnxOptions.DEFAULT).description().preparation());
    }

    /** The network of a file with another description. */
    private Path described(final String name, final String... changes) throws IOException {
        final Path file = folder.resolve("changed.keras");
        try (var zip = new ZipFile(file(name).toFile()); var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : List.of("metadata.json", "config.json", "model.weights.h5")) {
                out.putNextEntry(new ZipEntry(entry));
                byte[] content = zip.getInputStream(zip.getEntry(entry)).readAllBytes();
                if (entry.equals("config.json")) {
                    String text = new String(content, StandardCharsets.UTF_8);
                    for (int i = 0; i < changes.length; i += 2) {
                        assertTrue(text.contains(changes[i]), changes[i]);
                        text = text.replace(changes[i], changes[i + 1]);
                    }
                    content = text.getBytes(StandardCharsets.UTF_8);
                }
                out.write(content);
                out.closeEntry();
            }
        }
        return file;
    }

    private void refused(final Path file, final String... parts) {
        final IOException e = assertThrows(IOException.class, () -> translate(file, folder.resolve("translated.onnx")));
        assertTrue(e.getMessage().startsWith("'" + file + "' is no network of Keras that can be read: ") && e.getMessage().endsWith("."), e.getMessage());
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }

    @Test
    void whatIsNotTranslatedIsRefusedByName() throws Exception {
        refused(described("sequence.keras", "\"AveragePooling2D\"", "\"Lambda\""),
            "the layer 'average_pooling2d' (Lambda) is of the class 'Lambda', a layer that is not translated", "model.export('network.onnx', format='onnx')");
        refused(described("sequence.keras", "\"module\": \"keras.layers\", \"class_name\": \"Dense\"", "\"module\": \"mine\", \"class_name\": \"Dense\""),
            "the layer 'dense' (Dense) is defined in 'mine'");
        refused(described("sequence.keras", "\"activation\": \"tanh\"", "\"activation\": \"mine\""), "has the activation 'mine', which is not read");
        refused(described("sequence.keras", "channels_last", "channels_first"), "takes channels first");
        refused(described("sequence.keras", "\"filters\": 6", "\"filters\": 7"), "the layer 'conv2d' (Conv2D) has a kernel of the shape [3, 3, 1, 6]", "need [3, 3, 1, 7]");
        refused(described("sequence.keras", "\"filters\": 6", "\"filters\": 1000000000"), "has the setting filters=1000000000");
        refused(described("sequence.keras", "\"pool_size\": [2, 2]", "\"pool_size\": [200, 2]"), "the layer 'max_pooling2d'", "gives");
        refused(described("sequence.keras", "\"class_name\": \"Sequential\"", "\"class_name\": \"MyModel\""), "'MyModel', a class of its own");
        refused(described("sequence.keras", "[null, 17, 15, 1]", "[null, null, null, 1]"), "leaves the height of images open: set 'Width' and 'Height'");
        refused(described("mobile.keras", "\"keras_history\": [\"rescaling\", 0, 0]", "\"keras_history\": [\"stem\", 0, 0]"), "its layers form a circle");
        refused(described("mobile.keras", "\"axis\": -1, \"momentum\"", "\"axis\": 1, \"momentum\""), "goes along the axis 1");
        refused(described("others.keras", "\"target_shape\": [-1, 9, 10]", "\"target_shape\": [-1, 11, 10]"), "(Reshape) gives");
        refused(described("others.keras", "\"interpolation\": \"nearest\"", "\"interpolation\": \"bilinear\""), "has the interpolation 'bilinear'");
    }

    @Test
    void openSizesAreTold() throws Exception {
        final Path file = described("sequence.keras", "[null, 17, 15, 1]", "[null, null, null, 1]");
        KerasNetwork.toOnnx(file, true, 17, 15, folder.resolve("translated.onnx"), TaskMonitor.none());
        assertEquals(new ImageShape(3, 17, 15), OnnxInspection.of(folder.resolve("translated.onnx"), OnnxOptions.DEFAULT).description().shape());
    }

    @Test
    void aTranslationIsCancelled() throws Exception {
        final Path file = file("resnet.h5");
        assertThrows(TaskCancelledException.class, () -> KerasNetwork.toOnnx(file, false, 0, 0, folder.resolve("translated.onnx"), new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // nobody listens
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                throw new TaskCancelledException();
            }
        }));
    }

    /** Damaged HDF5: read or refused in a sentence that names the file, soon, and in little memory. */
    @ParameterizedTest
    @ValueSource(strings = {"resnet.h5", "nested2.h5", "sequence2.h5", "mobile.keras"})
    void damagedFilesAreReadOrRefused(final String name) throws Exception {
        final Path file = file(name);
        final byte[] whole = Files.readAllBytes(file);
        final var random = new Random(7);
        final var memory = (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        int refused = 0;
        for (int i = 0; i < 700; i++) {
            final byte[] damaged = whole.clone();
            for (int k = random.nextInt(6); k >= 0; k--) {
                final int at = random.nextInt(random.nextBoolean() ? Math.min(4000, damaged.length) : damaged.length);
                switch (random.nextInt(3)) {
                    case 0 -> damaged[at] = (byte)random.nextInt(256);
                    case 1 -> java.util.Arrays.fill(damaged, at, Math.min(damaged.length, at + 1 + random.nextInt(8)), (byte)0xff);
                    default -> System.arraycopy(damaged, at, damaged, random.nextInt(at + 1), Math.min(100, damaged.length - at));
                }
            }
            Files.write(file, random.nextInt(8) == 0 ? java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged);
            final long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
            final long start = System.nanoTime();
            try {
                translate(file, folder.resolve("translated.onnx"));
            } catch (IOException e) {
                refused++;
                assertTrue(e.getMessage().startsWith("'" + file + "'"), e.getMessage());
            }
            assertTrue(memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before < 300L << 20, name + i);
            assertTrue(System.nanoTime() - start < 5_000_000_000L, name + i);
        }
        assertTrue(refused > 200 && refused < 700, refused + " refused");
    }
}
