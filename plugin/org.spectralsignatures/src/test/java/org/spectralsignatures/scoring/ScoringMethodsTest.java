package org.spectralsignatures.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/** Every method against the formulas in NumPy: the files of the example are written by benchmarks/peers/scorers.py. */
class ScoringMethodsTest {

    private static final Path EXAMPLE = Path.of("src/test/resources/org/spectralsignatures/scoring");

    @TempDir
    Path folder;

    private NpyMatrix matrix(final List<String[]> rows, final int skip, final int times) throws Exception {
        final int d = rows.get(0).length - skip;
        final var matrix = NpyMatrix.create(folder.resolve(times + ".npy"), rows.size(), d * times);
        for (int i = 0; i < rows.size(); i++) {
            final var values = new float[d * times];
            for (int k = 0; k < values.length; k++) {
                values[k] = k < d ? Float.parseFloat(rows.get(i)[skip + k]) : 0;
            }
            matrix.writeRow(i, values, 0);
        }
        return matrix;
    }

    private static List<String[]> csv(final String name) throws Exception {
        return Files.readAllLines(EXAMPLE.resolve(name)).stream().map(l -> l.split(",")).toList();
    }

    private static double[] scores(final NpyMatrix matrix, final List<String[]> rows, final ScoringMethod method, final int components) throws Exception {
        final int[] labels = rows.stream().mapToInt(r -> r[0].charAt(0) - 'a').toArray();
        final List<String> keys = IntStream.range(0, labels.length).mapToObj(i -> "row" + i).toList();
        return SpectralScorer.score(matrix, labels, List.of("a", "b"), keys, new ScoringOptions(method, components, 1), TaskMonitor.none()).scores();
    }

    @Test
    void agreeWithNumPy() throws Exception {
        final List<String[]> rows = csv("activations.csv");
        final List<String[]> expected = csv("expected.csv");
        try (var matrix = matrix(rows, 1, 1)) {
            for (int m = 0; m < expected.get(0).length; m++) {
                final int column = m;
                final ScoringMethod method = ScoringMethod.valueOf(expected.get(0)[m]);
                final int components = method == ScoringMethod.SPECTRE ? 64 : method == ScoringMethod.ACTIVATION_CLUSTERING ? 10 : 1;
                final double[] wanted = expected.stream().skip(1).mapToDouble(r -> Double.parseDouble(r[column])).toArray();
                final double largest = Arrays.stream(wanted).map(Math::abs).max().orElseThrow();
                assertArrayEquals(wanted, scores(matrix, rows, method, components), 1e-6 * largest, method.name());
            }
        }
    }

    /** The first nine of class a's last rows are poison that hides in a direction of small variance. */
    @Test
    void spectreFindsWhatTheLeadingDirectionDoesNotShow() throws Exception {
        final List<String[]> rows = csv("activations.csv");
        try (var matrix = matrix(rows, 1, 1)) {
            assertTrue(found(scores(matrix, rows, ScoringMethod.SPECTRE, 64)) >= 8);
            assertTrue(found(scores(matrix, rows, ScoringMethod.PAPER, 1)) <= 4);
        }
    }

    /** Poison among the 14 highest scores of class a, rows 0 to 98. */
    private static long found(final double[] scores) {
        return IntStream.range(0, 99).boxed().sorted((i, j) -> Double.compare(scores[j], scores[i])).limit(14).filter(i -> i >= 90).count();
    }

    @Test
    void randomVectorIsAProjectionThatDependsOnTheSeedAlone() throws Exception {
        final List<String[]> rows = csv("activations.csv");
        try (var matrix = matrix(rows, 1, 1)) {
            final double[] norms = scores(matrix, rows, ScoringMethod.L2_NORM, 1);
            final double[] first = scores(matrix, rows, ScoringMethod.RANDOM_VECTOR, 1);
            assertArrayEquals(first, scores(matrix, rows, ScoringMethod.RANDOM_VECTOR, 1), 0);
            for (int i = 0; i < first.length; i++) {
                assertTrue(first[i] >= 0 && first[i] <= norms[i]);
            }
            // over many directions the mean square is that of the norm over the dimension
            final int[] labels = rows.stream().mapToInt(r -> r[0].charAt(0) - 'a').toArray();
            final List<String> keys = IntStream.range(0, labels.length).mapToObj(i -> "row" + i).toList();
            double sum = 0;
            for (int seed = 0; seed < 400; seed++) {
                final double score = SpectralScorer.score(matrix, labels, List.of("a", "b"), keys,
                    new ScoringOptions(ScoringMethod.RANDOM_VECTOR, 1, seed), TaskMonitor.none()).scores()[0];
                sum += score * score / 400;
            }
            assertEquals(norms[0] * norms[0] / 12, sum, .3 * norms[0] * norms[0] / 12);
        }
    }

    /** More than {@code 2^20} values, so that the principal components come from single precision. */
    @Test
    void manyComponentsOfALargeClass() throws Exception {
        final int n = 1200;
        final int d = 1000;
        final var random = new SplittableRandom(3);
        try (var matrix = NpyMatrix.create(folder.resolve("large.npy"), n, d)) {
            for (int i = 0; i < n; i++) {
                final var values = new float[d];
                for (int k = 0; k < d; k++) {
                    values[k] = (float)(random.nextGaussian() * (k < 20 ? 20 - .5 * k : .5));
                }
                if (i < 100) {
                    values[15] += 50; // four deviations, in the sixteenth direction by variance
                }
                matrix.writeRow(i, values, 0);
            }
            final List<String> keys = IntStream.range(0, n).mapToObj(i -> "row" + i).toList();
            final var options = new ScoringOptions(ScoringMethod.SPECTRE, 40, 1);
            final ScoringResult result = SpectralScorer.score(matrix, new int[n], List.of("a"), keys, options, TaskMonitor.none());
            final long found = IntStream.range(0, 100).filter(i -> result.ranks()[i] <= 150).count();
            assertTrue(found >= 90, found + " of 100");
            assertArrayEquals(result.scores(), SpectralScorer.score(matrix, new int[n], List.of("a"), keys, options, TaskMonitor.none()).scores(), 0);
        }
    }

    @Test
    void tinyAndConstantClassesGetZeros() throws Exception {
        final List<String[]> rows = List.of(new String[]{"a", "1", "2"}, new String[]{"b", "1", "1"}, new String[]{"b", "1", "1"},
            new String[]{"b", "1", "1"});
        try (var matrix = matrix(rows, 1, 1)) {
            for (ScoringMethod method : ScoringMethod.values()) {
                assertArrayEquals(new double[4], scores(matrix, rows, method, 5), 0, method.name());
            }
        }
        final List<String[]> three = List.of(new String[]{"a", "1", "2"}, new String[]{"a", "3", "1"}, new String[]{"a", "0", "0"});
        try (var matrix = matrix(three, 1, 2)) {
            for (ScoringMethod method : ScoringMethod.values()) {
                assertTrue(Arrays.stream(scores(matrix, three, method, 5)).allMatch(Double::isFinite), method.name());
            }
        }
    }

    /** Rows (0, 0), (2, 0), (1, 3), then (9, 5): means (1, 1) and (3, 2); singular values of the first three sqrt(6) and sqrt(2). */
    @Test
    void spectrumAndShiftByHand() throws Exception {
        final List<String[]> rows = List.of(new String[]{"a", "0", "0"}, new String[]{"a", "2", "0"}, new String[]{"a", "1", "3"}, new String[]{"a", "9", "5"});
        try (var matrix = matrix(rows, 1, 1)) {
            final ClassSpectrum three = ClassSpectrum.of(matrix, new int[]{0, 1, 2}, TaskMonitor.none());
            final ClassSpectrum all = ClassSpectrum.of(matrix, new int[]{0, 1, 2, 3}, TaskMonitor.none());
            assertEquals(Math.sqrt(2), three.meanNorm(), 1e-6);
            assertArrayEquals(new double[]{Math.sqrt(6), Math.sqrt(2), 0}, three.singularValues(), 1e-6);
            assertEquals(Math.sqrt(13), all.meanNorm(), 1e-6);
            assertEquals(Math.sqrt(5), all.shift(three), 1e-6);
            assertArrayEquals(new double[3], ClassSpectrum.of(matrix, new int[]{2}, TaskMonitor.none()).singularValues(), 0);
            assertThrows(IllegalArgumentException.class, () -> ClassSpectrum.of(matrix, new int[0], TaskMonitor.none()));
        }
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ScoringOptions(ScoringMethod.SPECTRE, 101, 1));
        assertThrows(IllegalArgumentException.class, () -> new ScoringOptions(ScoringMethod.PAPER, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ScoringOptions(ScoringMethod.SPECTRE, 10, .5, 1));
    }
}
