package org.spectralsignatures.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.training.SmallTraining.Heard;

/** Trainings that share a folder with others: of other data or options, of other jobs, or the very same one. */
class SharedFolderTest {

    @TempDir
    Path folder;

    private List<String> files() throws IOException {
        return SmallTraining.files(folder);
    }

    private static CheckpointOptions others(final Path folder, final CheckpointOptions.Others others) {
        return new CheckpointOptions(folder, SmallTraining.JOB, 1, 0, others);
    }

    private String refusal(final TrainingOptions options, final int perClass, final boolean reversed) throws Exception {
        try (var images = reversed ? reversed() : SmallTraining.images(false, perClass)) {
            return assertThrows(IOException.class,
                () -> new SmallTraining(9).run(images, null, options, SmallTraining.each(folder, 1), TrainingListener.none(), TaskMonitor.none())).getMessage();
        }
    }

    /** The same images in another order. */
    private static ImageDataset reversed() throws IOException {
        try (var images = SmallTraining.images(false, SmallTraining.PER_CLASS); var builder = ImageDataset.builder(images.shape(), images.classes())) {
            for (int i = images.size() - 1; i >= 0; i--) {
                final var pixels = new byte[images.shape().size()];
                images.copyPixels(i, pixels, 0);
                builder.add(images.keys().get(i), images.classes().get(images.label(i)), pixels);
            }
            return builder.build();
        }
    }

    @Test
    void checkpointsOfOtherDataAndOptionsAreRefusedByName() throws Exception {
        final var training = new SmallTraining(9);
        try (var images = SmallTraining.images(false, SmallTraining.PER_CLASS)) {
            assertThrows(TaskCancelledException.class,
                () -> training.run(images, null, training.options(), SmallTraining.each(folder, 1), TrainingListener.none(), SmallTraining.steps(3, s -> { })));
        }
        final String file = files().get(0);
        final String seed = refusal(new SmallTraining(10).options(), SmallTraining.PER_CLASS, false);
        assertTrue(seed.startsWith("There is a checkpoint of another training, from which this one cannot go on: '%s' (epoch 1 of 5, step 3, written "
            .formatted(folder.resolve(file))), seed);
        assertTrue(seed.contains("it differs in: seed (9 there, 10 here))"), seed);
        assertTrue(refusal(training.options(), 21, false)
            .matches(".*it differs in: labels \\(.*\\); training images \\(66 of 16 x 16 pixels, SHA-256 [0-9a-f]{8} there, 63 of .* here\\)\\).*"));
        assertTrue(refusal(training.options(), 0, true).matches(".*it differs in: labels .*; training images .*"));
        assertEquals(List.of(file), files(), "it stays");

        final var kept = new Heard();
        assertThrows(TaskCancelledException.class, () -> training.run(others(folder, CheckpointOptions.Others.KEEP), kept, SmallTraining.steps(1, s -> { })));
        assertTrue(kept.remarks().get(0).startsWith("The training does not go on from a checkpoint of another one, which was kept: "), kept.told.toString());
        assertTrue(kept.remarks().get(0).contains("it differs in: validation images (none there, 30 of 16 x 16 pixels"), kept.told.toString());
        assertEquals(2, files().size(), files().toString());
        assertTrue(files().contains(file), "it stays");

        final var goesOn = new Heard();
        assertThrows(TaskCancelledException.class, () -> training.run(SmallTraining.each(folder, 1), goesOn, SmallTraining.steps(1, s -> { })));
        assertTrue(goesOn.told.contains("resumed 1 1"), "refused, though it has one of its own: " + goesOn.told);
        assertTrue(goesOn.remarks().get(0).startsWith("The training does not go on from a checkpoint of another one, which was kept: "), goesOn.told.toString());
        assertTrue(files().contains(file), "it stays");

        final var deleted = new Heard();
        training.run(others(folder, CheckpointOptions.Others.DELETE), deleted, TaskMonitor.none());
        assertTrue(deleted.remarks().get(0).startsWith("The training does not go on from a checkpoint of another one, which was deleted: "), deleted.told.toString());
        assertEquals(List.of(), files());
    }

    @Test
    void otherJobsAreLeftAlone() throws Exception {
        assertThrows(TaskCancelledException.class,
            () -> new SmallTraining(11).run(SmallTraining.each(folder, 2), TrainingListener.none(), SmallTraining.steps(3, s -> { })));
        final List<String> before = files();
        final var heard = new Heard();
        new SmallTraining(12).run(new CheckpointOptions(folder, "another", 1, 0, CheckpointOptions.Others.DELETE), heard, TaskMonitor.none());
        assertEquals(before, files());
        assertEquals(List.of(), heard.remarks());
    }

    @Test
    void theSameTrainingTwiceAtOnceIsRefusedAndAnotherOneIsNot() throws Exception {
        final var under = new CountDownLatch(1);
        final var end = new CountDownLatch(1);
        final var problem = new Exception[1];
        final var thread = new Thread(() -> {
            try {
                new SmallTraining(13).run(SmallTraining.each(folder, 1), result -> {
                    under.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }, TaskMonitor.none());
            } catch (Exception e) {
                problem[0] = e;
            }
        });
        thread.start();
        assertTrue(under.await(1, TimeUnit.MINUTES));
        final String message = assertThrows(IOException.class,
            () -> new SmallTraining(13).run(SmallTraining.each(folder, 1), TrainingListener.none(), TaskMonitor.none())).getMessage();
        assertTrue(message.startsWith("The same training, with the same images and settings, is under way already and has its checkpoints in the folder '" + folder), message);
        final var other = new SmallTraining(14);
        try (var images = SmallTraining.images(false, SmallTraining.PER_CLASS)) {
            final var fingerprint = Fingerprint.of(images, null, new ResNetOptions(images.shape(), 3, 1, 4, 2e-4, 14), other.options(),
                Engines.get(), TaskMonitor.none());
            final var heard = new Heard();
            Checkpoints.open(SmallTraining.each(folder, 1), fingerprint, new ResNetOptions(images.shape(), 3, 1, 4, 2e-4, 14).plan(), heard).close();
            assertEquals(List.of(), heard.told);
        }
        end.countDown();
        thread.join();
        assertEquals(null, problem[0]);
        assertEquals(List.of(), files());
    }
}
