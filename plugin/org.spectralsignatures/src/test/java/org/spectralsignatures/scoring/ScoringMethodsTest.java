package org.spectralsignatures.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/** Every method against the formulas in NumPy: the files of the example are written by benchmarks/peers/scorers.py. */
class ScoringMethodsTest {

    private static final Path EXAMPLE = Path.of("src/test/resources/org/spectralsignatures/scoring");

    private static final ScoringMethod.ByClass SPECTRE = new ScoringMethod.Spectre(64, ScoringMethod.DEFAULT_EPSILON);

    @TempDir
    Path folder;

    /** All methods that score each class by itself, under the names of benchmarks/peers/scorers.py. */
    static Map<String, ScoringMethod.ByClass> methods(final int components, final int most) {
        return Map.of("PAPER", new ScoringMethod.Paper(components), "REFERENCE_CODE", new ScoringMethod.ReferenceCode(components), "L2_NORM", new ScoringMethod.L2Norm(),
            "RANDOM_VECTOR", new ScoringMethod.RandomVector(), "ACTIVATION_CLUSTERING", new ScoringMethod.ActivationClustering(components), "SPECTRE",
            new ScoringMethod.Spectre(most, ScoringMethod.DEFAULT_EPSILON));
    }

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

    private static double[] scores(final NpyMatrix matrix, final List<String[]> rows, final ScoringMethod.ByClass method) throws Exception {
        final int[] labels = rows.stream().mapToInt(r -> r[0].charAt(0) - 'a').toArray();
        final List<String> keys = IntStream.range(0, labels.length).mapToObj(i -> "row" + i).toList();
        return SpectralScorer.score(matrix, labels, List.of("a", "b"), keys, method, 1, TaskMonitor.none()).scores();
    }

    @Test
    void agreeWithNumPy() throws Exception {
        final List<String[]> rows = csv("activations.csv");
        final List<String[]> expected = csv("expected.csv");
        try (var matrix = matrix(rows, 1, 1)) {
            for (int m = 0; m < expected.get(0).length; m++) {
                final int column = m;
                final String name = expected.get(0)[m];
                final ScoringMethod.ByClass method = methods(name.equals("ACTIVATION_CLUSTERING") ? 10 : 1, 64).get(name);
                final double[] wanted = expected.stream().skip(1).mapToDouble(r -> Double.parseDouble(r[column])).toArray();
                final double largest = Arrays.stream(wanted).map(Math::abs).max().orElseThrow();
                assertArrayEquals(wanted, scores(matrix, rows, method), 1e-6 * largest, name);
            }
        }
    }

    /** The first nine of class a's last rows are poison that hides in a direction of small variance. */
    @Test
    void spectreFindsWhatTheLeadingDirectionDoesNotShow() throws Exception {
        final List<String[]> rows = csv("activations.csv");
        try (var matrix = matrix(rows, 1, 1)) {
            assertTrue(found(scores(matrix, rows, SPECTRE)) >= 8);
            assertTrue(found(scores(matrix, rows, new ScoringMethod.Paper(1))) <= 4);
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
            final double[] norms = scores(matrix, rows, new ScoringMethod.L2Norm());
            final double[] first = scores(matrix, rows, new ScoringMethod.RandomVector());
            assertArrayEquals(first, scores(matrix, rows, new ScoringMethod.RandomVector()), 0);
            for (int i = 0; i < first.length; i++) {
                assertTrue(first[i] >= 0 && first[i] <= norms[i]);
            }
            // over many directions the mean square is that of the norm over the dimension
            final int[] labels = rows.stream().mapToInt(r -> r[0].charAt(0) - 'a').toArray();
            final List<String> keys = IntStream.range(0, labels.length).mapToObj(i -> "row" + i).toList();
            double sum = 0;
            for (int seed = 0; seed < 400; seed++) {
                final double score = SpectralScorer.score(matrix, labels, List.of("a", "b"), keys,
                    new ScoringMethod.RandomVector(), seed, TaskMonitor.none()).scores()[0];
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
            final var method = new ScoringMethod.Spectre(40, ScoringMethod.DEFAULT_EPSILON);
            final ScoringResult result = SpectralScorer.score(matrix, new int[n], List.of("a"), keys, method, 1, TaskMonitor.none());
            final long found = IntStream.range(0, 100).filter(i -> result.ranks()[i] <= 150).count();
            assertTrue(found >= 90, found + " of 100");
            assertArrayEquals(result.scores(), SpectralScorer.score(matrix, new int[n], List.of("a"), keys, method, 1, TaskMonitor.none()).scores(), 0);
        }
    }

    @Test
    void tinyAndConstantClassesGetZeros() throws Exception {
        final List<String[]> rows = List.of(new String[]{"a", "1", "2"}, new String[]{"b", "1", "1"}, new String[]{"b", "1", "1"},
            new String[]{"b", "1", "1"});
        try (var matrix = matrix(rows, 1, 1)) {
            for (ScoringMethod.ByClass method : methods(5, 5).values()) {
                assertArrayEquals(new double[4], scores(matrix, rows, method), 0, method.toString());
            }
        }
        final List<String[]> three = List.of(new String[]{"a", "1", "2"}, new String[]{"a", "3", "1"}, new String[]{"a", "0", "0"});
        try (var matrix = matrix(three, 1, 2)) {
            for (ScoringMethod.ByClass method : methods(5, 5).values()) {
                assertTrue(Arrays.stream(scores(matrix, three, method)).allMatch(Double::isFinite), method.toString());
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
    void noneIsLeftOut() {
        assertEquals(Set.of(ScoringMethod.ByClass.class.getPermittedSubclasses()), methods(1, 1).values().stream().map(Object::getClass).collect(Collectors.toSet()));
    }

    private static void refused(final String message, final Executable method) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, method).getMessage());
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        final String components = "The number of components must lie between 1 and 100, not %d.";
        refused(components.formatted(0), () -> new ScoringMethod.Paper(0));
        refused(components.formatted(-1), () -> new ScoringMethod.ReferenceCode(-1));
        refused(components.formatted(101), () -> new ScoringMethod.ActivationClustering(101));
        refused(components.formatted(101), () -> new ScoringMethod.Spectre(101, .1));
        refused(components.formatted(0), () -> new ScoringMethod.Scan(0));
        final String epsilon = "Epsilon is %s, but must be above 0 and below 0.5.";
        refused(epsilon.formatted(.5), () -> new ScoringMethod.Spectre(10, .5));
        refused(epsilon.formatted(Double.NaN), () -> new ScoringMethod.Ensemble(Double.NaN));
        refused(epsilon.formatted(0.), () -> new ScoringMethod.Ensemble(0));
    }
}
