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
import org.spectralsignatures.removal.Suspicion;
import org.spectralsignatures.removal.Verdict.Finding;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.scoring.ScanScorer.Scan;

/** SCAn against the formulas in NumPy (files written by benchmarks/peers/scan.py), and on poison that was planted. */
class ScanScorerTest {

    private static final Path EXAMPLE = Path.of("src/test/resources/org/spectralsignatures/scoring");

    @TempDir
    Path folder;

    private static List<String[]> csv(final String name) throws Exception {
        return Files.readAllLines(EXAMPLE.resolve(name)).stream().map(l -> l.split(",")).toList();
    }

    private Scan scan(final double[][] points, final int positions, final int[] labels, final int classes, final int components) throws Exception {
        final Path file = Files.createTempFile(folder, "scan", ".npy");
        Files.delete(file);
        try (var matrix = NpyMatrix.create(file, points.length, points[0].length)) {
            for (int i = 0; i < points.length; i++) {
                final var values = new float[points[i].length];
                for (int k = 0; k < values.length; k++) {
                    values[k] = (float)points[i][k];
                }
                matrix.writeRow(i, values, 0);
            }
            return ScanScorer.score(matrix, positions, labels, IntStream.range(0, classes).mapToObj(c -> "class " + c).toList(),
                IntStream.range(0, labels.length).mapToObj(i -> "row" + i).toList(), new ScoringMethod.Scan(components), 1, TaskMonitor.none());
        }
    }

    @Test
    void agreesWithNumPy() throws Exception {
        final List<String[]> rows = csv("scan-activations.csv");
        final double[][] points = rows.stream().map(r -> Arrays.stream(r).skip(1).mapToDouble(Double::parseDouble).toArray()).toArray(double[][]::new);
        final Scan scan = scan(points, 1, rows.stream().mapToInt(r -> r[0].charAt(0) - 'a').toArray(), 5, 64);
        final double[] scores = csv("scan-scores.csv").stream().skip(1).mapToDouble(r -> Double.parseDouble(r[0])).toArray();
        assertArrayEquals(scores, scan.result().scores(), 1e-5);
        final List<String[]> statistics = csv("scan-statistics.csv").stream().skip(1).toList();
        assertArrayEquals(statistics.stream().mapToDouble(r -> Double.parseDouble(r[1])).toArray(), scan.ratios(), 1e-7);
        assertArrayEquals(statistics.stream().mapToDouble(r -> Double.parseDouble(r[2])).toArray(), scan.statistics(), 1e-5);
    }

    /** Ten classes of 200; class 3 has poison beyond in a direction of small variance. */
    private static double[][] planted(final int poison, final double distance, final long seed) {
        final var random = new SplittableRandom(seed);
        return IntStream.range(0, 2000).mapToObj(i -> {
            final var centre = new SplittableRandom(i / 200);
            final double[] x = IntStream.range(0, 8).mapToDouble(k -> 10 * centre.nextGaussian() + random.nextGaussian() * (8 - k)).toArray();
            x[7] += i / 200 == 3 && i % 200 < poison ? distance : 0;
            return x;
        }).toArray(double[][]::new);
    }

    private static final int[] TEN = IntStream.range(0, 2000).map(i -> i / 200).toArray();

    @Test
    void plantedPoisonIsNamedAndFound() throws Exception {
        for (int poison : new int[]{20, 80}) { // 80 are more than a third of the class
            final Scan scan = scan(planted(poison, 7, 5), 1, TEN, 10, 64);
            final List<Suspicion> suspicions = Suspicion.of(TEN, scan, .01, null);
            assertEquals(1, suspicions.get(3).rank());
            assertTrue(scan.statistics()[3] > 7.39, "the threshold of the paper: " + Arrays.toString(scan.statistics()));
            assertEquals(List.of(Finding.POISONED), suspicions.stream().map(s -> s.verdict().finding()).filter(Finding.POISONED::equals).toList());
            assertEquals("SCAn", suspicions.get(3).method());
            final int[] apart = suspicions.get(3).apart();
            final long found = Arrays.stream(apart).filter(i -> i % 200 < poison).count();
            assertTrue(found >= .95 * poison && apart.length - found <= 3, found + " of " + poison + " among " + apart.length);
            assertTrue(IntStream.range(0, poison).filter(i -> scan.result().ranks()[600 + i] <= poison + 5).count() >= .95 * poison);
        }
    }

    @Test
    void cleanClassesAreNotCalled() throws Exception {
        int called = 0;
        for (int seed = 0; seed < 20; seed++) {
            called += Suspicion.of(TEN, scan(planted(0, 0, seed), 1, TEN, 10, 64), .01, null).stream().anyMatch(Suspicion::poisoned) ? 1 : 0;
        }
        assertTrue(called <= 1, called + " of 20 clean sets");
    }

    @Test
    void positionsAreAveragedAndWideRepresentationsReduced() throws Exception {
        final double[][] points = planted(20, 7, 6);
        final double[][] twice = Arrays.stream(points).map(p -> IntStream.range(0, 16).mapToDouble(k -> p[k / 2] + (k % 2 == 0 ? 3 : -3)).toArray())
            .toArray(double[][]::new);
        assertArrayEquals(scan(points, 1, TEN, 10, 64).statistics(), scan(twice, 2, TEN, 10, 64).statistics(), 1e-3);
        final double[][] wide = Arrays.stream(points).map(p -> IntStream.range(0, 40).mapToDouble(k -> k < 8 ? p[k] : 0).toArray()).toArray(double[][]::new);
        assertArrayEquals(scan(points, 1, TEN, 10, 64).statistics(), scan(wide, 1, TEN, 10, 64).statistics(), 1e-3);
        assertThrows(IllegalArgumentException.class, () -> scan(points, 3, TEN, 10, 64));
    }

    /** Of J 1, 2, 3, 4, 10 the median is 3, the median of the distances 2, 1, 0, 1, 7 is 1. */
    @Test
    void statisticByHand() {
        assertArrayEquals(new double[]{-2 / 1.4826, -1 / 1.4826, 0, 1 / 1.4826, 7 / 1.4826}, ScanScorer.normalised(new double[]{1, 2, 3, 4, 10}), 1e-12);
        assertTrue(Double.isNaN(ScanScorer.normalised(new double[]{1, 2})[0]), "two classes have no usual one");
        assertTrue(Double.isNaN(ScanScorer.normalised(new double[]{1, 1, 1, 9})[3]), "no deviation");
    }

    /** J of one normal distribution: p-values at most .05 in about 5% of the classes, however few there are. */
    @Test
    void pValuesHoldForFewAndManyClasses() {
        for (int classes : new int[]{3, 4, 10, 30}) {
            final var random = new SplittableRandom(classes);
            final int sets = 2000;
            final double[] simulated = ScanScorer.simulated(classes, 1);
            int low = 0;
            for (int set = 0; set < sets; set++) {
                final double[] statistics = ScanScorer.normalised(random.doubles(classes).map(u -> random.nextGaussian()).toArray());
                low += (int)Arrays.stream(statistics).filter(s -> ScanScorer.pValue(s, simulated) <= .05).count();
            }
            assertEquals(.05, low / (double)(sets * classes), 6 * Math.sqrt(.05 * .95 / (sets * classes)), classes + " classes");
        }
    }

    @Test
    void tooFewClassesOrImagesCannotBeTold() throws Exception {
        final double[][] points = Arrays.copyOf(planted(20, 7, 7), 420);
        final int[] labels = Arrays.copyOf(TEN, 420);
        final List<Suspicion> suspicions = Suspicion.of(labels, scan(points, 1, labels, 3, 64), .01, null);
        assertEquals("cannot tell: SCAn compares classes with each other, and there must be at least 3 that differ and have 30 images each",
            suspicions.get(0).verdict().text());
        assertEquals("cannot tell: too few images to tell (20; 30 are needed)", suspicions.get(2).verdict().text());
        final Scan same = scan(new double[90][4], 1, IntStream.range(0, 90).map(i -> i / 30).toArray(), 3, 64);
        assertArrayEquals(new double[90], same.result().scores(), 0);
        assertTrue(Arrays.stream(same.statistics()).allMatch(Double::isNaN));
    }
}
