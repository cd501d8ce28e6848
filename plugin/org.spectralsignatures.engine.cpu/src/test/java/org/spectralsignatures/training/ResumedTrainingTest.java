package org.spectralsignatures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
        return SmallTraining.files(folder);
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
