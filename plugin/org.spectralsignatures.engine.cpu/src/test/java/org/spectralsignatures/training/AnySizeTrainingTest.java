package org.spectralsignatures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.audit.AuditOptions;
import org.spectralsignatures.audit.Auditor;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.ResNet18Options;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.Stem;
import org.spectralsignatures.network.VggOptions;
import org.spectralsignatures.network.file.NetworkFile;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.Pooling;

/** Trains networks of each architecture on small sets of images that are not square, gray and in colour. */
class AnySizeTrainingTest {

    private static final ImageShape GRAY = new ImageShape(1, 17, 23);

    private static final ImageShape GRAY_AS_RGB = new ImageShape(3, 17, 23);

    private static final ImageShape WIDE = new ImageShape(3, 64, 96);

    private static final List<String> CLASSES = List.of("rows", "columns", "diagonals");

    @TempDir
    Path folder;

    /** Stripes in a direction for each class, of any phase, with noise. */
    private static byte[] image(final ImageShape shape, final int label, final Random random, final boolean colour) {
        final var pixels = new byte[shape.size()];
        final int phase = random.nextInt(6);
        final int[] strength = {40 + random.nextInt(60), 40 + random.nextInt(60), 40 + random.nextInt(60)};
        for (int k = 0; k < shape.planeSize(); k++) {
            final int y = k / shape.width();
            final int x = k % shape.width();
            final int along = label == 0 ? y : label == 1 ? x : x + y;
            final int noise = random.nextInt(60);
            for (int c = 0; c < shape.channels(); c++) {
                pixels[c * shape.planeSize() + k] = (byte)(60 + noise + ((along + phase) / 3 % 2) * strength[colour ? c : 0]);
            }
        }
        return pixels;
    }

    private static ImageDataset images(final ImageShape shape, final int perClass, final long seed, final boolean colour) throws Exception {
        final var random = new Random(seed);
        try (var builder = ImageDataset.builder(shape, CLASSES)) {
            for (int i = 0; i < perClass * CLASSES.size(); i++) {
                final int label = i % CLASSES.size();
                builder.add("image " + i, CLASSES.get(label), image(shape, label, random, colour));
            }
            return builder.build();
        }
    }

    private static TrainingOptions options(final int epochs) {
        return new TrainingOptions(epochs, 16, Schedule.ONE_CYCLE, .05, .9, Augmentation.NONE, 1);
    }

    /** Accuracy on other images, the same after saving, and the size of each layer. */
    private void check(final NetworkOptions options, final int perClass, final int epochs) throws Exception {
        final boolean colour = options.shape().channels() == 3;
        try (var training = images(options.shape(), perClass, 1, colour); var test = images(options.shape(), 20, 2, colour);
                var network = Trainer.train(training, null, options, options(epochs), TrainingListener.none(), TaskMonitor.none()).network()) {
            final var predictions = Predictor.predict(network, test, 25, TaskMonitor.none());
            assertTrue(predictions.accuracy(test) >= .9, options + ": accuracy " + predictions.accuracy(test));
            assertArrayEquals(predictions.probabilities(), Predictor.predict(network, test, 7, TaskMonitor.none()).probabilities(), 0,
                "how many are computed at a time must not matter");
            final Path file = folder.resolve("net.zip");
            NetworkFile.save(network, file);
            try (var loaded = NetworkFile.load(file)) {
                assertEquals(network.description(), loaded.description());
                assertEquals(network.plan(), loaded.plan());
                assertArrayEquals(predictions.probabilities(), Predictor.predict(loaded, test, 25, TaskMonitor.none()).probabilities(), 0);
                for (LayerInfo layer : loaded.description().layers()) {
                    ActivationExtractor.extract(loaded, test, layer.name(), Pooling.FLATTEN, 25, folder.resolve("layer.npy"), TaskMonitor.none());
                    try (var matrix = NpyMatrix.open(folder.resolve("layer.npy"))) {
                        assertEquals(layer.channels() * layer.height() * layer.width(), matrix.columns(), layer.name());
                    }
                }
            }
        }
    }

    @Test
    void smallGrayImages() throws Exception {
        check(new ResNetOptions(GRAY, 3, 1, 8, 2e-4, 1), 80, 8);
        check(new ResNet18Options(GRAY, 3, 4, Stem.SMALL, 2e-4, 1), 80, 8);
        check(new VggOptions(GRAY, 3, 11, 4, 2e-4, 1), 80, 10);
    }

    @Test
    void wideImagesInColour() throws Exception {
        check(new ResNetOptions(WIDE, 3, 1, 8, Stem.LARGE, 2e-4, 1), 60, 6);
        check(new ResNet18Options(WIDE, 3, 4, Stem.LARGE, 2e-4, 1), 60, 6);
    }

    /** The same images with one plane and with three equal ones: what a network of either kind sees is the same. */
    @Test
    void grayImagesInThreePlanesAreThoseInOne() throws Exception {
        try (var one = images(GRAY, 30, 1, false); var three = images(GRAY_AS_RGB, 30, 1, false); var coloured = images(GRAY_AS_RGB, 30, 1, true)) {
            for (ImageShape taken : List.of(GRAY, GRAY_AS_RGB)) {
                final var options = new ResNetOptions(taken, 3, 1, 4, 2e-4, 1);
                try (var ofOne = Trainer.train(one, three, options, options(2), TrainingListener.none(), TaskMonitor.none()).network();
                        var ofThree = Trainer.train(three, one, options, options(2), TrainingListener.none(), TaskMonitor.none()).network()) {
                    final float[] expected = Predictor.predict(ofOne, one, 25, TaskMonitor.none()).probabilities();
                    assertArrayEquals(expected, Predictor.predict(ofOne, three, 25, TaskMonitor.none()).probabilities(), 0);
                    assertArrayEquals(expected, Predictor.predict(ofThree, three, 25, TaskMonitor.none()).probabilities(), 0);
                    assertEquals(90, Predictor.predict(ofOne, coloured, 25, TaskMonitor.none()).size());
                    final var refused = assertThrows(IllegalArgumentException.class,
                        () -> Auditor.audit(ofOne, one, new double[one.size()], new AuditOptions(.01, 25, 1), TaskMonitor.none()));
                    assertTrue(refused.getMessage().startsWith("Marks are looked for in RGB images, but these have 1 channel(s)"), refused.getMessage());
                    ActivationExtractor.extract(ofOne, three, LayerInfo.INPUT, Pooling.FLATTEN, 25, folder.resolve("images.npy"), TaskMonitor.none());
                    try (var matrix = NpyMatrix.open(folder.resolve("images.npy"))) {
                        assertEquals(taken.size(), matrix.columns());
                    }
                }
            }
        }
    }

    /** Nothing of it is allocated. */
    @Test
    void tooLargeATrainingIsRefusedBeforeItBegins() throws Exception {
        final var huge = new ImageShape(3, 256, 256);
        try (var images = images(huge, 100, 1, true)) {
            final String message = assertThrows(IllegalArgumentException.class, () -> Trainer.train(images, null, new VggOptions(huge, 3, 19, 256, 2e-4, 1),
                new TrainingOptions(1, 300, Schedule.CONSTANT, .1, .9, Augmentation.NONE, 1), TrainingListener.none(), TaskMonitor.none())).getMessage();
            assertTrue(message.matches("To train this network with steps of 300 images of 256 x 256 pixels takes about \\d+\\.\\d GB of memory, but only .*"), message);
        }
    }
}
