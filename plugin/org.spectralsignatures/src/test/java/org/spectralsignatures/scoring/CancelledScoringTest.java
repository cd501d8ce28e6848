package org.spectralsignatures.scoring;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/** Every method asks often whether to go on, and stops wherever it is told to. */
class CancelledScoringTest {

    private static final int ROWS = 1500;

    private static final int COLUMNS = 128;

    private static final List<String> KEYS = IntStream.range(0, ROWS).mapToObj(i -> "Row" + i).toList();

    private static final long LIMIT_NANOS = 2_000_000_000L;

    @TempDir
    Path folder;

    /** Cancels at one of the checks, and notes the longest time without any. */
    private static final class Stopping implements TaskMonitor {
        final AtomicLong checks = new AtomicLong();

        final AtomicLong longest = new AtomicLong();

        final AtomicLong last = new AtomicLong(System.nanoTime());

        final AtomicLong stopped = new AtomicLong();

        final long stopAt;

        Stopping(final long stopAt) {
            this.stopAt = stopAt;
        }

        @Override
        public void progress(final double fraction, final String message) {
            // not looked at
        }

        @Override
        public void checkCancelled() throws TaskCancelledException {
            final long now = System.nanoTime();
            longest.accumulateAndGet(now - last.getAndSet(now), Math::max);
            if (checks.incrementAndGet() >= stopAt) {
                stopped.compareAndSet(0, now);
                throw new TaskCancelledException();
            }
        }
    }

    @Test
    void stopsWhereverItIsTold() throws Exception {
        final Path file = folder.resolve("a.npy");
        try (var matrix = NpyMatrix.create(file, ROWS, COLUMNS)) {
            final var random = new SplittableRandom(1);
            for (int i = 0; i < ROWS; i++) {
                final var row = new float[COLUMNS];
                for (int k = 0; k < COLUMNS; k++) {
                    row[k] = (float)(random.nextGaussian() / (1 + k));
                }
                matrix.writeRow(i, row, 0);
            }
            for (ScoringMethod.ByClass method : ScoringMethodsTest.methods(2, 40).values()) {
                stops(method.toString(), monitor -> SpectralScorer.score(matrix, new int[ROWS], List.of("only"), KEYS, method, 1, monitor));
            }
            final int[] labels = IntStream.range(0, ROWS).map(i -> i % 3).toArray();
            stops("SCAn", monitor -> ScanScorer.score(matrix, 1, labels, List.of("a", "b", "c"), KEYS, new ScoringMethod.Scan(40), 1, monitor));
            stops("averages and SCAn", monitor -> ScanScorer.score(matrix, 4, labels, List.of("a", "b", "c"), KEYS, new ScoringMethod.Scan(40), 1, monitor));
            stops("ensemble", monitor -> EnsembleScorer.score(matrix, 4, labels, List.of("a", "b", "c"), KEYS, new ScoringMethod.Ensemble(.1), 1, monitor));
        }
    }

    private interface Scoring {
        void run(TaskMonitor monitor) throws Exception;
    }

    private static void stops(final String method, final Scoring scoring) throws Exception {
        final var whole = new Stopping(Long.MAX_VALUE);
        scoring.run(whole);
        assertTrue(whole.longest.get() < LIMIT_NANOS, method + " did not ask for " + whole.longest.get() / 1_000_000 + " ms");
        for (int part = 1; part <= 3; part++) {
            final var stopping = new Stopping(Math.max(1, whole.checks.get() * part / 4));
            assertThrows(TaskCancelledException.class, () -> scoring.run(stopping), method);
            final long took = System.nanoTime() - stopping.stopped.get();
            assertTrue(took < LIMIT_NANOS, method + " stopped after " + took / 1_000_000 + " ms");
        }
    }
}
