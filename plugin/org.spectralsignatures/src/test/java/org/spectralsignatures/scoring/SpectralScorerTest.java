package org.spectralsignatures.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

    private static final ScoringMethod.ByClass PAPER = new ScoringMethod.Paper(1);

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
            final var result = SpectralScorer.score(m, new int[4], List.of("a"), keys(4), PAPER, 1, TaskMonitor.none());
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
                for (ScoringMethod.ByClass method : List.of(new ScoringMethod.Paper(components), new ScoringMethod.ReferenceCode(components))) {
                    final var result = SpectralScorer.score(m, new int[60], List.of("a"), keys(60), method, 1, TaskMonitor.none());
                    final double[] expected = expected(rows, components, method instanceof ScoringMethod.Paper);
                    for (int i = 0; i < 60; i++) {
                        assertEquals(expected[i], result.scores()[i], 1e-7 * (1 + expected[i]), method + " row " + i);
                    }
                }
            }
        }
    }

    /** Orthogonal directions with chosen singular values, so that the answer is known: row i lies along direction i % d. */
    @Test
    void directionsThatLieCloseTogetherAreToldApart() throws Exception {
        final int d = 640;
        final int n = 2560; // enough values for single precision to be tried first
        final double[] scales = IntStream.range(0, d).mapToDouble(k -> k == 0 ? 1.0002 : k == 1 ? 1 : .9 / (1 + .01 * k)).toArray();
        final var random = new Random(4);
        final var axes = new double[d][d]; // orthonormal, by Gram and Schmidt
        for (int k = 0; k < d; k++) {
            for (int j = 0; j < d; j++) {
                axes[k][j] = random.nextGaussian();
            }
            for (int p = 0; p < k; p++) {
                Vectors.add(axes[k], -Vectors.dot(axes[k], axes[p]), axes[p]);
            }
            Vectors.scale(axes[k], 1 / Vectors.norm(axes[k]));
        }
        final var rows = new float[n][d];
        for (int i = 0; i < n; i++) { // each direction as often up as down: their mean is the constant
            for (int j = 0; j < d; j++) {
                rows[i][j] = (float)(5 + (i / d % 2 == 0 ? 1 : -1) * scales[i % d] * axes[i % d][j]);
            }
        }
        try (var m = matrix(rows)) {
            final var result = SpectralScorer.score(m, new int[n], List.of("a"), keys(n), PAPER, 1, TaskMonitor.none());
            for (int i = 0; i < n; i++) {
                assertEquals(i % d == 0 ? scales[0] * scales[0] : 0, result.scores()[i], 1e-3, "row " + i);
            }
            final ClassStatistics statistics = result.statistics().get(0);
            assertTrue(statistics.angle() <= SingularVectors.ANGLE, "angle " + statistics.angle());
            assertEquals(scales[0] * Math.sqrt(n / d), statistics.singularValues().get(0), 1e-5);
            assertEquals(scales[1] * Math.sqrt(n / d), statistics.singularValues().get(1), 1e-5);
        }
    }

    @Test
    void equalSingularValuesAreReported() throws Exception {
        // class a: no direction is better than another; class b: one is
        try (var m = matrix(new float[][]{{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {2, 0}, {-2, 0}, {0, 1}, {0, -1}})) {
            final var statistics = SpectralScorer
                .score(m, new int[]{0, 0, 0, 0, 1, 1, 1, 1}, List.of("a", "b"), keys(8), PAPER, 1, TaskMonitor.none()).statistics();
            assertFalse(statistics.get(0).directionCertain());
            assertTrue(statistics.get(1).directionCertain());
        }
    }

    @Test
    void aLargeMeanCostsNoPrecision() throws Exception {
        final float[][] rows = random(80, 30, 9);
        for (float[] row : rows) {
            for (int k = 0; k < row.length; k++) {
                row[k] += 1000;
            }
        }
        final double[] expected = expected(rows, 1, true);
        try (var m = matrix(rows)) {
            final var result = SpectralScorer.score(m, new int[80], List.of("a"), keys(80), PAPER, 1, TaskMonitor.none());
            for (int i = 0; i < 80; i++) {
                assertEquals(expected[i], result.scores()[i], 1e-5 * (1 + expected[i]), "row " + i);
            }
        }
    }

    /** Rows of a class that lie apart in the file are copied, others are not: the result must not depend on it. */
    @Test
    void rowsMayLieAnywhere() throws Exception {
        final float[][] rows = random(300, 40, 6);
        final float[][] mixed = new float[600][];
        final int[] labels = new int[600];
        for (int i = 0; i < 600; i++) {
            mixed[i] = rows[i / 2];
            labels[i] = i % 2;
        }
        final double[] together;
        try (var m = matrix(rows)) {
            together = SpectralScorer.score(m, new int[300], List.of("a"), keys(300), PAPER, 1, TaskMonitor.none()).scores();
        }
        try (var m = matrix(mixed)) {
            final double[] apart = SpectralScorer.score(m, labels, List.of("a", "b"), keys(600), PAPER, 1, TaskMonitor.none()).scores();
            for (int i = 0; i < 300; i++) {
                assertEquals(together[i], apart[2 * i], 0);
                assertEquals(together[i], apart[2 * i + 1], 0);
            }
        }
    }

    @Test
    void scoresEachClassOnItsOwn() throws Exception {
        final float[][] rows = random(40, 8, 2);
        final int[] labels = IntStream.range(0, 40).map(i -> i % 2).toArray();
        final float[][] even = IntStream.range(0, 20).mapToObj(i -> rows[2 * i]).toArray(float[][]::new);
        try (var m = matrix(rows)) {
            final var result = SpectralScorer.score(m, labels, List.of("a", "b"), keys(40), PAPER, 1, TaskMonitor.none());
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
            final double[] many = SpectralScorer.score(m, new int[500], List.of("a"), keys(500), PAPER, 1, TaskMonitor.none()).scores();
            final var one = new ForkJoinPool(1);
            try {
                final double[] single = one.submit(() -> SpectralScorer.score(m, new int[500], List.of("a"), keys(500), PAPER, 1, TaskMonitor.none()).scores()).get();
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
            final var result = SpectralScorer.score(m, new int[]{0, 1, 1, 1}, List.of("a", "b", "c"), List.of("w", "z", "x", "y"), PAPER, 1, TaskMonitor.none());
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
                () -> SpectralScorer.score(m, new int[3], List.of("a"), keys(3), PAPER, 1, TaskMonitor.none()));
            assertTrue(error.getMessage().contains("not finite"), error.getMessage());
        }
    }

    @Test
    void canBeCancelled() throws Exception {
        try (var m = matrix(random(30, 4, 1))) {
            assertThrows(TaskCancelledException.class, () -> SpectralScorer.score(m, new int[30], List.of("a"), keys(30), PAPER, 1, new TaskMonitor() {
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
