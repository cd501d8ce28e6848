package org.spectralsignatures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.file.CheckpointZip;
import org.spectralsignatures.training.SmallTraining.Heard;
import org.spectralsignatures.training.SmallTraining.Outcome;

/** Interrupts trainings and lets them go on. */
class ResumedTrainingTest {

    private static final int STEPS = SmallTraining.EPOCHS * SmallTraining.stepsPerEpoch();

    @TempDir
    Path folder;

    private static Outcome whole(final long seed) throws Exception {
        return new SmallTraining(seed).run(null, TrainingListener.none(), TaskMonitor.none());
    }

    private static void assertSame(final Outcome whole, final Outcome resumed, final String what) {
        assertEquals(whole.history(), resumed.history(), what);
        assertArrayEquals(whole.network(), resumed.network(), what);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private void cancelAfter(final long seed, final int steps, final TrainingListener listener) {
        assertThrows(TaskCancelledException.class,
            () -> new SmallTraining(seed).run(SmallTraining.each(folder, 2), listener, SmallTraining.steps(steps, s -> { })));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void cancelledAtAnyStepItComesToTheSameBits(final long seed) throws Exception {
        final Outcome whole = whole(seed);
        final var random = new Random(seed);
        final var places = new ArrayList<Integer>();
        for (int done = 0; done < STEPS;) {
            final int steps = Math.min(STEPS - done, random.nextInt(9));
            done += steps;
            places.add(done);
            cancelAfter(seed, steps, TrainingListener.none());
            assertEquals(done == 0 ? 0 : 1, files().stream().filter(f -> f.endsWith(".checkpoint")).count() > 0 ? 1 : 0, files().toString());
        }
        final var heard = new Heard();
        final Outcome resumed = new SmallTraining(seed).run(SmallTraining.each(folder, 2), heard, TaskMonitor.none());
        assertSame(whole, resumed, "cancelled after " + places);
        assertEquals(List.of(), files(), "cleared at the end, the lock too");
        assertTrue(resumed.resumptions().size() >= 2, resumed.resumptions().toString());
        assertEquals(List.of(), heard.remarks());
        final int perEpoch = SmallTraining.stepsPerEpoch();
        resumed.resumptions().forEach(r -> assertTrue(places.contains((r.epoch() - 1) * perEpoch + r.step()), r + " is none of " + places));
        final List<Integer> epochs = heard.told.stream().map(t -> Integer.valueOf(t.split(" ")[1])).toList();
        assertEquals(epochs.stream().sorted().toList(), epochs, "told in the order of the epochs: " + heard.told);
        assertTrue(heard.told.indexOf("resumed %d %d".formatted(resumed.resumptions().get(0).epoch(), resumed.resumptions().get(0).step())) >= 0, heard.told.toString());
    }

    @Test
    void goesOnFromTheLastEpochWhereItWasNotAskedToStop() throws Exception {
        final var copy = new SmallTraining.Heard() { // a crash between two checkpoints: what lies there then is kept, and the training thrown away
            private int epochs;

            @Override
            public void epochDone(final EpochResult result) {
                if (++epochs == 4) {
                    throw new IllegalStateException("crash");
                }
            }
        };
        assertThrows(IllegalStateException.class, () -> new SmallTraining(5).run(SmallTraining.each(folder, 1), copy, TaskMonitor.none()));
        final Outcome resumed = new SmallTraining(5).run(SmallTraining.each(folder, 1), TrainingListener.none(), TaskMonitor.none());
        assertSame(whole(5), resumed, "after epoch 3");
        assertEquals(1, resumed.resumptions().size());
        assertEquals(4, resumed.resumptions().get(0).epoch());
        assertEquals(0, resumed.resumptions().get(0).step());
    }

    @Test
    void anOutcomeThatCannotBeKeptCostsAnEpoch() throws Exception {
        final String full = assertThrows(IOException.class, () -> new SmallTraining(20).run(SmallTraining.each(folder, 1), result -> {
            throw new IOException("No space left on device");
        }, TrainingListener.none(), TaskMonitor.none())).getMessage();
        assertEquals("No space left on device", full);
        assertEquals(2, files().size(), "they stay, without the lock: " + files());
        assertThrows(TaskCancelledException.class, () -> new SmallTraining(20).run(SmallTraining.each(folder, 1), result -> {
            throw new TaskCancelledException();
        }, TrainingListener.none(), TaskMonitor.none()));
        final var there = new ArrayList<String>();
        final Outcome resumed = new SmallTraining(20).run(SmallTraining.each(folder, 1), result -> {
            there.addAll(files());
            return SmallTraining.keep(result);
        }, TrainingListener.none(), TaskMonitor.none());
        assertEquals(3, there.size(), "two checkpoints and the lock, until all is kept: " + there);
        assertSame(whole(20), resumed, "trained its last epoch three times");
        assertEquals(List.of("5 0"), resumed.resumptions().stream().map(r -> r.epoch() + " " + r.step()).toList());
        assertEquals(List.of(), files());
    }

    @Test
    void anEarlyEndComesAfterTheSameEpoch() throws Exception {
        final var options = new TrainingOptions(12, 16, Schedule.CONSTANT, .02, .9, Augmentation.NONE, 4, .85);
        final Outcome whole = new SmallTraining(4).run(options, null, TrainingListener.none(), TaskMonitor.none());
        final int epochs = (int)whole.history().lines().count();
        assertTrue(epochs < 12 && epochs > 2, "no early end to be seen: " + epochs);
        final int before = (epochs - 1) * SmallTraining.stepsPerEpoch(); // the epoch before the last was accurate enough already
        assertThrows(TaskCancelledException.class,
            () -> new SmallTraining(4).run(options, SmallTraining.each(folder, 1), TrainingListener.none(), SmallTraining.steps(before + 1, s -> { })));
        assertSame(whole, new SmallTraining(4).run(options, SmallTraining.each(folder, 1), TrainingListener.none(), TaskMonitor.none()), "early end");
    }

    @Test
    void killedAtAnyTimeItComesToTheSameBits() throws Exception {
        final long seed = 6;
        final var random = new Random(seed);
        final var log = new ArrayList<String>();
        for (int kill = 0; kill < 3; kill++) {
            final int steps = 3 + random.nextInt(9);
            log.add("killed after %d steps and %d ms, leaving %s".formatted(steps, run(seed, steps, random.nextInt(30)), files()));
        }
        run(seed, SmallTraining.TO_THE_END, 0);
        final Outcome whole = new SmallTraining(seed).run(new SmallTraining(seed).longOptions(), null, TrainingListener.none(), TaskMonitor.none());
        assertEquals(whole.history(), Files.readString(folder.resolve("history.txt")), log.toString());
        assertArrayEquals(whole.network(), Files.readAllBytes(folder.resolve("network.zip")), log.toString());
        assertEquals(List.of("history.txt", "network.zip"), files(), log.toString());
        System.out.println("kill -9 of a training of %d steps: %s; then to the end: the same bits".formatted(SmallTraining.LONG * SmallTraining.stepsPerEpoch(),
            String.join("; ", log)));
    }

    /**
     * Runs the long training in a process of its own, and kills it (SIGKILL) soon after some steps. A few steps later it waits, so that it is there to be killed however
     * late that comes.
     */
    private int run(final long seed, final int steps, final int wait) throws Exception {
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp", System.getProperty("java.class.path"),
            SmallTraining.class.getName(), folder.toString(), Long.toString(seed), Integer.toString(steps)).redirectErrorStream(true).start();
        final var output = new ArrayList<String>();
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                if (line.equals("STEP " + steps)) {
                    Thread.sleep(wait);
                    process.destroyForcibly();
                    break;
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(steps == SmallTraining.TO_THE_END ? 0 : 128 + 9, process.exitValue(), output.toString());
        return wait;
    }

    @Test
    void aDamagedCheckpointIsToldAndTheOneBeforeTaken() throws Exception {
        final int perEpoch = SmallTraining.stepsPerEpoch();
        assertThrows(TaskCancelledException.class,
            () -> new SmallTraining(7).run(SmallTraining.each(folder, 1), TrainingListener.none(), SmallTraining.steps(2 * perEpoch + 1, s -> { })));
        final List<String> two = files();
        assertEquals(2, two.size(), two.toString());
        final Path newest = newest();
        final byte[] whole = Files.readAllBytes(newest);
        final var random = new Random(7);
        int told = 0;
        for (int k = 0; k < 60; k++) {
            Files.write(newest, damaged(whole, random));
            final var heard = new Heard();
            assertThrows(TaskCancelledException.class, () -> new SmallTraining(7).run(SmallTraining.each(folder, 1), heard, beforeTheFirstStep()));
            if (!heard.remarks().isEmpty()) {
                told++;
                assertTrue(heard.remarks().get(0).startsWith("The training went on from the checkpoint before the last one, since '%s' cannot be read: ".formatted(newest)),
                    heard.told.toString());
                assertTrue(heard.told.contains("resumed 3 0"), heard.told.toString());
            } else {
                assertTrue(heard.told.contains("resumed 3 1"), "neither told nor whole: " + heard.told);
            }
        }
        assertTrue(told > 40, "only %d of 60 damaged files were noticed".formatted(told));
        Files.write(newest, new byte[0]);
        assertSame(whole(7), new SmallTraining(7).run(SmallTraining.each(folder, 1), TrainingListener.none(), TaskMonitor.none()), "from the one before");
    }

    /** Cancels as soon as the training said where it goes on. */
    private static TaskMonitor beforeTheFirstStep() {
        return new TaskMonitor() {
            private boolean goesOn;

            @Override
            public void progress(final double fraction, final String message) {
                goesOn |= message.startsWith("Goes on at epoch 3 of 5, step ");
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                if (goesOn) {
                    throw new TaskCancelledException();
                }
            }
        };
    }

    private Path newest() throws IOException {
        Path newest = null;
        int number = 0;
        for (String name : files()) {
            try (var zip = CheckpointZip.open(folder.resolve(name))) {
                final Checkpoint checkpoint = CheckpointJson.parse(zip.text());
                if (checkpoint.number() > number) {
                    number = checkpoint.number();
                    newest = folder.resolve(name);
                }
            }
        }
        return newest;
    }

    /** A flipped byte, or a file that is cut off, or has something behind it. */
    private static byte[] damaged(final byte[] whole, final Random random) {
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(whole, random.nextInt(whole.length + 100));
        }
        final byte[] changed = whole.clone();
        changed[random.nextInt(changed.length)] ^= (byte)(1 << random.nextInt(8));
        return changed;
    }

    @Test
    void whereAllAreDamagedItSaysSo() throws Exception {
        cancelAfter(8, 3, TrainingListener.none());
        for (String file : files()) {
            Files.writeString(folder.resolve(file), "nonsense");
        }
        final String message = assertThrows(IOException.class,
            () -> new SmallTraining(8).run(SmallTraining.each(folder, 1), TrainingListener.none(), TaskMonitor.none())).getMessage();
        assertTrue(message.matches("This training was interrupted, but it cannot go on: the checkpoint '.*small-[0-9a-f]{16}\\.\\d\\.checkpoint' cannot be read: "
            + "it is no zip file\\. Bring back an undamaged copy, or delete what cannot be read to train from the beginning\\."), message);
        assertTrue(files().stream().noneMatch(f -> f.endsWith(".lock")), "the lock is let go: " + files());
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
        cancelAfter(11, 3, TrainingListener.none());
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

    @Test
    void aFolderThatGoesDoesNotEndTheTraining() throws Exception {
        final Path gone = folder.resolve("gone");
        final var heard = new Heard() {
            @Override
            public void epochDone(final EpochResult result) {
                super.epochDone(result);
                try (var files = Files.list(gone)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                    Files.deleteIfExists(gone);
                } catch (IOException e) { // it is gone already
                    assertTrue(result.epoch() > 1, e.toString());
                }
            }
        };
        final Outcome outcome = new SmallTraining(15).run(SmallTraining.each(gone, 1), heard, TaskMonitor.none());
        assertSame(whole(15), outcome, "without checkpoints");
        assertTrue(heard.remarks().get(0).startsWith("A checkpoint could not be written into '%s' (".formatted(gone)), heard.told.toString());
        assertEquals("4 checkpoints could not be written.", heard.remarks().get(1));
        assertEquals(2, heard.remarks().size());
    }

    @Test
    void aFolderThatCannotBeMadeIsRefusedBeforeTheTraining() {
        final String message = assertThrows(IOException.class,
            () -> new SmallTraining(16).run(SmallTraining.each(folder.resolve("not").resolve("there"), 1), TrainingListener.none(), TaskMonitor.none())).getMessage();
        assertEquals("The folder '%s' for checkpoints cannot be made, since the one above it does not exist. Make it first, or choose another folder."
            .formatted(folder.resolve("not").resolve("there")), message);
    }

    @Test
    void nothingIsLeftOfATrainingThatDiverged() throws Exception {
        final var options = new TrainingOptions(5, 16, Schedule.CONSTANT, 1e6, .9, Augmentation.NONE, 1);
        final var mild = new TrainingOptions(5, 16, Schedule.ONE_CYCLE, 1e6, .9, Augmentation.NONE, 1);
        assertThrows(TrainingDivergedException.class, () -> new SmallTraining(17).run(options, SmallTraining.each(folder, 1), TrainingListener.none(), TaskMonitor.none()));
        assertThrows(TrainingDivergedException.class, () -> new SmallTraining(17).run(mild, SmallTraining.each(folder, 1), TrainingListener.none(), TaskMonitor.none()));
        assertEquals(List.of(), files());
    }

    @Test
    void anInterruptedThreadWritesItsLastCheckpoint() throws Exception {
        final var monitor = new TaskMonitor() {
            private int done;

            @Override
            public void progress(final double fraction, final String message) {
                if (message.startsWith("Epoch") && ++done == 6) {
                    Thread.currentThread().interrupt(); // as KNIME does to a node that is cancelled
                }
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                if (done >= 6) {
                    throw new TaskCancelledException();
                }
            }
        };
        assertThrows(TaskCancelledException.class, () -> new SmallTraining(18).run(SmallTraining.each(folder, 5), TrainingListener.none(), monitor));
        assertTrue(Thread.interrupted());
        assertFalse(files().isEmpty(), "no checkpoint");
        final Outcome resumed = new SmallTraining(18).run(SmallTraining.each(folder, 5), TrainingListener.none(), TaskMonitor.none());
        assertSame(whole(18), resumed, "interrupted");
        assertEquals(List.of("2 1"), resumed.resumptions().stream().map(r -> r.epoch() + " " + r.step()).toList());
    }

    /** A text that fits itself, and so has to be held against the training. */
    @Test
    void aPositionThatTheTrainingHasNotIsRefused() throws Exception {
        cancelAfter(19, 3, TrainingListener.none());
        final Path file = folder.resolve(files().get(0));
        final var plan = new ResNetOptions(SmallTraining.images(false, 1).shape(), 3, 1, 4, 2e-4, 19).plan();
        final Checkpoint right;
        try (var zip = CheckpointZip.open(file)) {
            right = CheckpointJson.parse(zip.text());
        }
        final var history = new ArrayList<EpochResult>();
        for (int epoch = 1; epoch <= SmallTraining.EPOCHS; epoch++) {
            history.add(new EpochResult(epoch, .1, 1, .5, 1, .5, 1));
        }
        final int beyond = SmallTraining.stepsPerEpoch() + 1;
        for (Position wrong : List.of(new Position(1, beyond, 1, 99, 1, 1), new Position(1, 0, 1, 5, 1, 1), Position.before(SmallTraining.EPOCHS + 1))) {
            final var checkpoint = new Checkpoint(1, right.written(), right.fingerprint(), right.surroundings(), wrong, history.subList(0, wrong.epoch() - 1), List.of());
            try (var out = Files.newOutputStream(file)) {
                final var values = FloatBuffer.allocate((int)plan.size());
                CheckpointZip.write(CheckpointJson.tree(checkpoint), plan, values, values, out);
            }
            final String message = assertThrows(IOException.class,
                () -> new SmallTraining(19).run(SmallTraining.each(folder, 1), TrainingListener.none(), TaskMonitor.none())).getMessage();
            assertEquals("The checkpoint '%s' stands at step %d of epoch %d, which this training has not. Delete the file to train from the beginning.".formatted(file,
                wrong.step(), wrong.epoch()), message);
        }
    }
}
