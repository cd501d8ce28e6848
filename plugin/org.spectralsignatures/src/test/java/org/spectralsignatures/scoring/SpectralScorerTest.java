package org.spectralsignatures.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

class SpectralScorerTest {

    @TempDir
    Path folder;

    private static final ScoringOptions PAPER = new ScoringOptions(ScoreVariant.PAPER, 1, 1);

    private NpyMatrix matrix(final float[][] rows) throws Exception {
        final Path file = folder.resolve("m.npy");
        try (var matrix = NpyMatrix.create(file, rows.length, rows[0].length)) {
            for (int i = 0; i < rows.length; i++) {
                matrix.writeRow(i, rows[i], 0);
            }
        }
        return NpyMatrix.open(file);
    }

    private static List<String> keys(final int n) {
        return IntStream.range(0, n).mapToObj(i -> "row" + i).toList();
    }

    private static float[][] random(final int n, final int d, final long seed) {
        final var random = new Random(seed);
        final var rows = new float[n][d];
        for (float[] row : rows) {
            for (int k = 0; k < d; k++) {
                row[k] = (float)(3 + random.nextGaussian() / (1 + k));
            }
        }
        return rows;
    }

    /** The same by a full decomposition of commons-math, row by row as in Algorithm 1. */
    private static double[] expected(final float[][] rows, final int components, final boolean centred) {
        final int d = rows[0].length;
        final var mean = new double[d];
        for (float[] row : rows) {
            for (int k = 0; k < d; k++) {
                mean[k] += row[k] / (double)rows.length;
            }
        }
        final var m = new double[rows.length][d];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < d; k++) {
                m[i][k] = rows[i][k] - mean[k];
            }
        }
        final var v = new SingularValueDecomposition(new Array2DRowRealMatrix(m)).getV();
        final var scores = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < components; c++) {
                double projection = 0;
                for (int k = 0; k < d; k++) {
                    projection += (centred ? m[i][k] : rows[i][k]) * v.getEntry(k, c);
                }
                scores[i] += projection * projection;
            }
            scores[i] = centred ? scores[i] : Math.sqrt(scores[i]);
        }
        return scores;
    }

    @Test
    void scoresOfAHandWorkedExample() throws Exception {
        // mean (1, 0); centred rows (-2, 0), (2, 0), (0, 1), (0, -1); v = (1, 0); singular values sqrt(8), sqrt(2)
        try (var m = matrix(new float[][]{{-1, 0}, {3, 0}, {1, 1}, {1, -1}})) {
            final var result = SpectralScorer.score(m, new int[4], List.of("a"), keys(4), PAPER, TaskMonitor.none());
            assertArrayEquals(new double[]{4, 4, 0, 0}, result.scores(), 1e-9);
            assertArrayEquals(new int[]{1, 2, 3, 4}, result.ranks());
            final ClassStatistics s = result.statistics().get(0);
            assertEquals(1, s.meanNorm(), 1e-12);
            assertEquals(Math.sqrt(8), s.singularValues().get(0), 1e-9);
            assertEquals(Math.sqrt(2), s.singularValues().get(1), 1e-9);
            assertEquals(.8, s.explainedVariance(), 1e-9);
        }
    }

    @Test
    void agreesWithAFullDecomposition() throws Exception {
        final float[][] rows = random(60, 25, 5);
        try (var m = matrix(rows)) {
            for (int components : new int[]{1, 3}) {
                for (ScoreVariant variant : ScoreVariant.values()) {
                    final var result = SpectralScorer.score(m, new int[60], List.of("a"), keys(60), new ScoringOptions(variant, components, 1), TaskMonitor.none());
                    final double[] expected = expected(rows, components, variant == ScoreVariant.PAPER);
                    for (int i = 0; i < 60; i++) {
                        assertEquals(expected[i], result.scores()[i], 1e-7 * (1 + expected[i]), variant + " row " + i);
                    }
                }
            }
        }
    }

    @Test
    void scoresEachClassOnItsOwn() throws Exception {
        final float[][] rows = random(40, 8, 2);
        final int[] labels = IntStream.range(0, 40).map(i -> i % 2).toArray();
        final float[][] even = IntStream.range(0, 20).mapToObj(i -> rows[2 * i]).toArray(float[][]::new);
        try (var m = matrix(rows)) {
            final var result = SpectralScorer.score(m, labels, List.of("a", "b"), keys(40), PAPER, TaskMonitor.none());
            final double[] expected = expected(even, 1, true);
            for (int i = 0; i < 20; i++) {
                assertEquals(expected[i], result.scores()[2 * i], 1e-8);
            }
        }
    }

    @Test
    void sameBitsOnAnyNumberOfThreads() throws Exception {
        final float[][] rows = random(500, 64, 3);
        try (var m = matrix(rows)) {
            final double[] many = SpectralScorer.score(m, new int[500], List.of("a"), keys(500), PAPER, TaskMonitor.none()).scores();
            final var one = new ForkJoinPool(1);
            try {
                final double[] single = one.submit(() -> SpectralScorer.score(m, new int[500], List.of("a"), keys(500), PAPER, TaskMonitor.none()).scores()).get();
                assertArrayEquals(many, single, 0);
            } finally {
                one.shutdown();
            }
        }
    }

    @Test
    void classesWithoutDirectionGetZeros() throws Exception {
        // class a: one row; class b: three equal rows; class c: none
        try (var m = matrix(new float[][]{{1.1f, 2}, {.3f, .7f}, {.3f, .7f}, {.3f, .7f}})) {
            final var result = SpectralScorer.score(m, new int[]{0, 1, 1, 1}, List.of("a", "b", "c"), List.of("w", "z", "x", "y"), PAPER, TaskMonitor.none());
            assertArrayEquals(new double[4], result.scores());
            assertArrayEquals(new int[]{1, 3, 1, 2}, result.ranks());
            assertEquals(0, result.statistics().get(1).singularValues().get(0));
            assertEquals(0, result.statistics().get(2).rows());
        }
    }

    @Test
    void valuesThatAreNotFiniteAreRefused() throws Exception {
        try (var m = matrix(new float[][]{{1, 2}, {3, Float.NaN}, {0, 1}})) {
            final var error = assertThrows(IllegalArgumentException.class,
                () -> SpectralScorer.score(m, new int[3], List.of("a"), keys(3), PAPER, TaskMonitor.none()));
            assertTrue(error.getMessage().contains("not finite"), error.getMessage());
        }
    }

    @Test
    void canBeCancelled() throws Exception {
        try (var m = matrix(random(30, 4, 1))) {
            assertThrows(TaskCancelledException.class, () -> SpectralScorer.score(m, new int[30], List.of("a"), keys(30), PAPER, new TaskMonitor() {
                private int left = 5;

                @Override
                public void progress(final double fraction, final String message) {
                    // not looked at
                }

                @Override
                public synchronized void checkCancelled() throws TaskCancelledException {
                    if (left-- == 0) {
                        left = 0;
                        throw new TaskCancelledException();
                    }
                }
            }));
        }
    }
}
