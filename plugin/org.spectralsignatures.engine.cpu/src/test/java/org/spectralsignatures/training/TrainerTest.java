package org.spectralsignatures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.engine.cpu.kernels.OneDnn;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.network.VggOptions;
import org.spectralsignatures.network.file.NetworkFile;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.synthetic.SyntheticImageGenerator;
import org.spectralsignatures.synthetic.SyntheticOptions;

/** Trains small networks for real. */
class TrainerTest {

    @TempDir
    Path folder;

    private static ImageDataset images(final boolean test, final int perClass) throws Exception {
        final var generator = new SyntheticImageGenerator(new SyntheticOptions(3, 16, 1));
        try (var builder = ImageDataset.builder(generator.shape(), generator.classNames())) {
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < perClass; i++) {
                    builder.add(c + "/" + i, generator.classNames().get(c), generator.image(test, c, i));
                }
            }
            return builder.build();
        }
    }

    private static ResNetOptions network(final ImageDataset images) {
        return new ResNetOptions(images.shape(), images.classes().size(), 1, 8, 2e-4, 1);
    }

    private static TrainingOptions options(final int epochs, final double rate) {
        return new TrainingOptions(epochs, 32, Schedule.ONE_CYCLE, rate, .9, Augmentation.CROP_AND_FLIP, 1);
    }

    private static float[] weights(final TrainedNetwork network) {
        final var weights = new float[(int)network.parameters()];
        network.session().parameters().get(0, weights);
        return weights;
    }

    @Test
    void learnsSavesLoadsAndIsDeterministic() throws Exception {
        try (var training = images(false, 100); var test = images(true, 30)) {
            final var epochs = new ArrayList<EpochResult>();
            final TrainingResult first = Trainer.train(training, test, network(training), options(10, .05), epochs::add, TaskMonitor.none());
            try (var net = first.network()) {
                assertTrue(OneDnn.available(), "convolutions do not run on oneDNN: " + OneDnn.problem());
                assertEquals(first.history(), epochs);
                assertTrue(epochs.get(9).loss() < .5 * epochs.get(0).loss());
                final var predictions = Predictor.predict(net, test, 50, TaskMonitor.none());
                assertTrue(predictions.accuracy(test) > .8, "accuracy " + predictions.accuracy(test));
                assertEquals(predictions.accuracy(test), epochs.get(9).validationAccuracy(), 1e-9);
                final Path file = folder.resolve("net.zip");
                NetworkFile.save(net, file);
                try (var loaded = NetworkFile.load(file)) {
                    assertEquals(net.description(), loaded.description());
                    assertArrayEquals(predictions.probabilities(), Predictor.predict(loaded, test, 50, TaskMonitor.none()).probabilities(), 0);
                }
                final TrainingResult again = Trainer.train(training, test, network(training), options(10, .05), e -> { }, TaskMonitor.none());
                try (var same = again.network()) {
                    assertArrayEquals(weights(net), weights(same), 0);
                }
            }
        }
    }

    @Test
    void vggLearnsAndGivesItsActivations() throws Exception {
        try (var training = images(false, 100); var test = images(true, 30)) {
            final var vgg = new VggOptions(training.shape(), 3, 11, 8, 2e-4, 1);
            try (var net = Trainer.train(training, test, vgg, options(16, .05), e -> { }, TaskMonitor.none()).network()) {
                final double accuracy = Predictor.predict(net, test, 50, TaskMonitor.none()).accuracy(test);
                assertTrue(accuracy > .8, "accuracy " + accuracy);
                assertEquals("group5-activation2", net.description().defaultLayer());
                assertEquals("VGG-11, 8 filters", net.description().provenance().get("architecture"));
                final Path file = folder.resolve("vgg.zip");
                NetworkFile.save(net, file);
                try (var loaded = NetworkFile.load(file)) {
                    for (LayerInfo layer : loaded.description().layers()) {
                        ActivationExtractor.extract(loaded, test, layer.name(), Pooling.FLATTEN, 40, folder.resolve("v.npy"), TaskMonitor.none());
                        try (var matrix = NpyMatrix.open(folder.resolve("v.npy"))) {
                            assertEquals(Pooling.FLATTEN.dimensions(layer), matrix.columns(), layer.name());
                        }
                    }
                }
            }
        }
    }

    @Test
    void activationsOfEachLayerFitTheForwardPass() throws Exception {
        try (var training = images(false, 20)) {
            try (var net = Trainer.train(training, null, network(training), options(1, .05), e -> { }, TaskMonitor.none()).network()) {
                for (LayerInfo layer : net.description().layers()) {
                    for (Pooling pooling : Pooling.values()) {
                        final Path file = folder.resolve("a.npy");
                        ActivationExtractor.extract(net, training, layer.name(), pooling, 7, file, TaskMonitor.none());
                        try (var matrix = NpyMatrix.open(file)) {
                            assertEquals(60, matrix.rows());
                            assertEquals(pooling.dimensions(layer), matrix.columns(), layer.name());
                        }
                    }
                }
                // the last layer gives the probabilities
                final Path file = folder.resolve("softmax.npy");
                ActivationExtractor.extract(net, training, "softmax", Pooling.FLATTEN, 16, file, TaskMonitor.none());
                final var predictions = Predictor.predict(net, training, 16, TaskMonitor.none());
                try (var matrix = NpyMatrix.open(file)) {
                    final var row = new float[3];
                    for (int i = 0; i < 60; i++) {
                        matrix.readRow(i, row);
                        for (int c = 0; c < 3; c++) {
                            assertEquals(predictions.probability(i, c), row[c], 1e-6);
                        }
                    }
                }
                assertTrue(assertThrows(NoSuchElementException.class,
                    () -> ActivationExtractor.extract(net, training, "conv9", Pooling.FLATTEN, 16, file, TaskMonitor.none())).getMessage().contains("group3-unit1"));
                for (Executable none : List.<Executable>of(() -> Predictor.predict(net, training, 0, TaskMonitor.none()),
                    () -> ActivationExtractor.extract(net, training, "", Pooling.FLATTEN, -1, folder.resolve("none.npy"), TaskMonitor.none()))) {
                    assertTrue(assertThrows(IllegalArgumentException.class, none).getMessage().startsWith("The batch size must be at least 1, not "));
                }
                assertFalse(Files.exists(folder.resolve("none.npy")));
            }
        }
    }

    @Test
    void divergenceIsNamed() throws Exception {
        try (var training = images(false, 40)) {
            final var error = assertThrows(TrainingDivergedException.class, () -> Trainer
                .train(training, null, network(training), new TrainingOptions(5, 32, Schedule.CONSTANT, 1e6, .9, Augmentation.NONE, 1), e -> { }, TaskMonitor.none()));
            assertTrue(error.getMessage().contains("Lower the learning rate"), error.getMessage());
        }
    }

    private static TrainingOptions until(final double enough) {
        return new TrainingOptions(14, 32, Schedule.ONE_CYCLE, .05, .9, Augmentation.NONE, 1, enough);
    }

    @Test
    void endsWhenTwoEpochsInARowAreAccurateEnough() throws Exception {
        try (var training = images(false, 100); var test = images(true, 10)) {
            final TrainingResult whole = Trainer.train(training, test, network(training), until(TrainingOptions.ALL_EPOCHS), e -> { }, TaskMonitor.none());
            whole.network().close();
            final List<Double> accuracies = whole.history().stream().map(EpochResult::accuracy).toList();
            assertEquals(14, accuracies.size());
            int end = 2;
            while (end < 14 && Math.min(accuracies.get(end - 1), accuracies.get(end - 2)) < .9) {
                end++;
            }
            assertTrue(end < 13, "no early end to be seen: " + accuracies);
            final var messages = new ArrayList<String>();
            final var heard = new ArrayList<EpochResult>();
            final TrainingResult early = Trainer.train(training, test, network(training), until(.9), heard::add, messages(messages));
            try (var net = early.network()) {
                assertEquals(heard, early.history());
                assertEquals(accuracies.subList(0, end), early.history().stream().map(EpochResult::accuracy).toList(), "the same epochs, and no more");
                assertEquals(new TrainingFacts(accuracies.get(end - 1), false, end, 300), net.description().training());
                assertEquals("14", net.description().provenance().get("epochs"));
                assertEquals("0.9", net.description().provenance().get("training accuracy that ends it"));
                assertEquals("Ended after epoch %d of 14".formatted(end), messages.get(messages.size() - 1).split(",")[0]);
                assertTrue(messages.get(0).startsWith("Epoch 1 of at most 14,"), messages.get(0));
                final TrainingResult again = Trainer.train(training, null, network(training), until(.9), e -> { }, TaskMonitor.none());
                try (var same = again.network()) {
                    assertArrayEquals(weights(net), weights(same), 0);
                }
            }
        }
    }

    @Test
    void trainsAllEpochsWhereTheAccuracyIsNeverEnough() throws Exception {
        try (var training = images(false, 20)) {
            final var messages = new ArrayList<String>();
            final var cropped = new TrainingOptions(2, 32, Schedule.ONE_CYCLE, .001, .9, Augmentation.CROP, 1, 1);
            final TrainingResult result = Trainer.train(training, null, network(training), cropped, e -> { }, messages(messages));
            try (var net = result.network()) {
                assertEquals(2, result.history().size());
                assertTrue(messages.stream().noneMatch(m -> m.startsWith("Ended")), messages.toString());
                assertEquals(new TrainingFacts(result.history().get(1).accuracy(), true, 2, 60), net.description().training());
            }
            final TrainingResult sure = Trainer.train(training, null, network(training), options(2, .05), e -> { }, messages(messages));
            try (var net = sure.network()) {
                assertFalse(net.description().provenance().containsKey("training accuracy that ends it"));
                assertTrue(messages.get(messages.size() - 1).startsWith("Epoch 2 of 2,"), messages.toString());
            }
        }
    }

    private static TaskMonitor messages(final List<String> messages) {
        return new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                messages.add(message);
            }

            @Override
            public void checkCancelled() {
                // never
            }
        };
    }

    /** One accurate epoch may be chance, and an epoch in between that is not starts the count again. */
    @ParameterizedTest
    @CsvSource({".99, .99, .99, true", "1, .99, .99, true", ".99, .98, .99, false", ".98, .99, .99, false", "1, NaN, .5, false", "1, 1, Infinity, false"})
    void twoEpochsInARowAreEnough(final double last, final double before, final double enough, final boolean ends) {
        assertEquals(ends, until(enough).enough(last, before));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -.5, 1.01, 99, Double.NaN, Double.NEGATIVE_INFINITY})
    void accuraciesThatCannotBeReachedAreRefused(final double enough) {
        final String message = assertThrows(IllegalArgumentException.class, () -> until(enough)).getMessage();
        assertEquals("The training accuracy that is enough must be above 0 and at most 1, not %s.".formatted(enough), message);
    }

    @Test
    void cancelStopsBetweenBatchesAndLeavesNoFile() throws Exception {
        try (var training = images(false, 40)) {
            final var cancelling = new TaskMonitor() {
                private int steps;

                @Override
                public void progress(final double fraction, final String message) {
                    steps++;
                }

                @Override
                public void checkCancelled() throws TaskCancelledException {
                    if (steps >= 2) {
                        throw new TaskCancelledException();
                    }
                }
            };
            assertThrows(TaskCancelledException.class,
                () -> Trainer.train(training, null, network(training), options(50, .1), e -> { }, cancelling));
            assertEquals(2, cancelling.steps);
            try (var net = Trainer.train(training, null, network(training), options(1, .05), e -> { }, TaskMonitor.none()).network()) {
                cancelling.steps = 0;
                final Path file = folder.resolve("cancelled.npy");
                assertThrows(TaskCancelledException.class,
                    () -> ActivationExtractor.extract(net, training, "", Pooling.FLATTEN, 10, file, cancelling));
                assertTrue(Files.notExists(file));
            }
        }
    }

    @Test
    void nativeMemoryStaysFlat() throws Exception {
        try (var training = images(false, 60)) {
            Trainer.train(training, null, network(training), options(2, .05), e -> { }, TaskMonitor.none()).network().close();
            final long before = Pointer.totalBytes();
            Trainer.train(training, null, network(training), options(30, .05), e -> { }, TaskMonitor.none()).network().close();
            System.gc();
            Thread.sleep(500);
            final long grown = Pointer.totalBytes() - before;
            assertTrue(grown < 64L << 20, "grew by " + grown + " bytes over 180 steps");
        }
    }

    @Test
    void imagesOfAnotherShapeAreRefused() throws Exception {
        try (var training = images(false, 10)) {
            final var other = new ResNetOptions(new ImageShape(3, 32, 32), 3, 1, 8, 2e-4, 1);
            assertThrows(IllegalArgumentException.class, () -> Trainer.train(training, null, other, options(1, .1), e -> { }, TaskMonitor.none()));
            assertThrows(IllegalArgumentException.class, () -> new ResNetOptions(new ImageShape(3, 15, 32), 3, 1, 8, 2e-4, 1));
            assertEquals(List.of("rows", "columns", "checks"), training.classes());
        }
    }

    @Test
    void inputLevelIsTheImageItself() throws Exception {
        try (var training = images(false, 3);
                var net = Trainer.train(training, null, network(training), options(1, .05), e -> { }, TaskMonitor.none()).network()) {
            final var bytes = new byte[training.shape().size()];
            for (Pooling pooling : Pooling.values()) {
                final Path file = folder.resolve("images.npy");
                ActivationExtractor.extract(net, training, LayerInfo.INPUT, pooling, 4, file, TaskMonitor.none());
                try (var matrix = NpyMatrix.open(file)) {
                    final var row = new float[matrix.columns()];
                    final int share = bytes.length / row.length;
                    for (int i = 0; i < training.size(); i++) {
                        training.copyPixels(i, bytes, 0);
                        matrix.readRow(i, row);
                        for (int k = 0; k < row.length; k++) {
                            double sum = 0;
                            for (int j = 0; j < share; j++) {
                                sum += bytes[k * share + j] & 0xff;
                            }
                            assertEquals(sum / share / 255, row[k], 1e-6);
                        }
                    }
                }
            }
        }
    }
}
