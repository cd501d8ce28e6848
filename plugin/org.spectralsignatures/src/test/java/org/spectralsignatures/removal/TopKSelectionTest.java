package org.spectralsignatures.removal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class TopKSelectionTest {

    private static final List<String> KEYS = List.of("d", "c", "b", "a", "e", "f");

    private static final double[] SCORES = {5, 1, 1, 1, 9, 2};

    private static final int[] LABELS = {0, 0, 0, 0, 1, 1};

    @Test
    void removesFromEachClassTiesByRowKey() {
        assertArrayEquals(new boolean[]{true, false, false, true, true, true},
            TopKSelection.select(LABELS, 2, SCORES, KEYS, new RemovalRule.TopCount(2), true));
    }

    @Test
    void removesFromAllRowsTogether() {
        assertArrayEquals(new boolean[]{true, false, false, false, true, false},
            TopKSelection.select(LABELS, 2, SCORES, KEYS, new RemovalRule.TopCount(2), false));
    }

    /** Against a plain sort of the rows, with many ties. */
    @Test
    void agreesWithSortingTheRows() {
        final var random = new Random(3);
        final int n = 500;
        final double[] scores = random.doubles(n).map(x -> Math.floor(20 * x) - 3).toArray();
        scores[7] = Double.NaN; // never removed before a number
        final List<String> keys = IntStream.range(0, n).mapToObj(i -> "row" + (i * 7919 % n)).toList();
        final int[] labels = random.ints(n, 0, 3).toArray();
        for (int count : new int[]{0, 1, 40, 160, n}) {
            final var expected = new boolean[n];
            for (int c = 0; c < 3; c++) {
                final int label = c;
                IntStream.range(0, n).filter(i -> labels[i] == label).boxed()
                    .sorted(Comparator.<Integer>comparingDouble(i -> Double.isNaN(scores[i]) ? 1e9 : -scores[i]).thenComparing(keys::get))
                    .limit(count).forEach(i -> expected[i] = true);
            }
            assertArrayEquals(expected, TopKSelection.select(labels, 3, scores, keys, new RemovalRule.TopCount(count), true), count + " of each");
        }
    }

    @Test
    void countsOfTheRules() {
        assertEquals(750, new RemovalRule.TopShare(.1, 1.5).removed(5000));
        assertEquals(825, new RemovalRule.TopShare(.1, 1.5).removed(5500));
        assertEquals(10, new RemovalRule.TopShare(1, 1.5).removed(10));
        assertEquals(3, new RemovalRule.TopCount(7).removed(3));
    }

    /** {@code x = np.array([.1, .2, .2, .7, 1.3, 1.3, 1.3, 2.9, 4.4, 10.25]); (x > np.percentile(x, q)).sum()}, NumPy 2.4.6. */
    @Test
    void percentileIsNumPys() {
        final double[] x = {.1, .2, .2, .7, 1.3, 1.3, 1.3, 2.9, 4.4, 10.25};
        final double[] q = {0, 10, 33.3, 50, 62.5, 77.7, 85, 90, 99.9, 100};
        final int[] above = {9, 9, 7, 3, 3, 3, 2, 1, 1, 0};
        for (int i = 0; i < q.length; i++) {
            assertEquals(above[i], new RemovalRule.TopPercentile(q[i]).removed(x, 1), "percentile " + q[i]);
        }
        final double[] ranks = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
        assertEquals(15, new RemovalRule.TopPercentile(85).removed(ranks, 1));
        assertEquals(50, new RemovalRule.TopPercentile(50).removed(ranks, 1));
        assertEquals(1, new RemovalRule.TopPercentile(99).removed(ranks, 1));
        assertEquals(1, new RemovalRule.TopPercentile(0).removed(new double[]{1, 2}, 1));
        assertEquals(0, new RemovalRule.TopPercentile(0).removed(new double[]{}, 1));
    }

    @Test
    void equalScoresTellNothing() {
        final List<String> keys = IntStream.range(0, 8).mapToObj(i -> "r" + i).toList();
        final int[] labels = {0, 0, 0, 0, 1, 1, 1, 1};
        final double[] scores = {3, 3, 3, 3, 1, 2, 2, 2};
        for (RemovalRule rule : List.of(new RemovalRule.TopShare(.2, 1.5), new RemovalRule.TopCount(1), new RemovalRule.TopCount(4))) {
            final TopKSelection selection = TopKSelection.of(labels, 2, scores, keys, rule, true);
            assertTrue(selection.cuts().get(0).constant());
            assertFalse(IntStream.range(0, 4).anyMatch(i -> selection.removed()[i]), rule.toString());
            assertFalse(selection.cuts().get(1).constant());
        }
        assertFalse(TopKSelection.of(labels, 2, scores, keys, new RemovalRule.TopCount(0), true).cuts().get(0).constant());
        assertTrue(TopKSelection.of(new int[8], 1, new double[8], keys, new RemovalRule.TopCount(3), false).cuts().get(0).constant());
    }

    @Test
    void tiesAtTheCutAreCounted() {
        final List<String> keys = List.of("d", "c", "b", "a");
        final TopKSelection through = TopKSelection.of(new int[4], 1, new double[]{1, 2, 2, 2}, keys, new RemovalRule.TopCount(2), true);
        assertEquals(new Cut(0, 4, 2, 3, false), through.cuts().get(0));
        assertArrayEquals(new boolean[]{false, false, true, true}, through.removed());
        assertEquals(new Cut(0, 4, 3, 0, false), TopKSelection.of(new int[4], 1, new double[]{1, 2, 2, 2}, keys, new RemovalRule.TopCount(3), true).cuts().get(0));
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RemovalRule.TopShare(0, 1.5));
        assertThrows(IllegalArgumentException.class, () -> new RemovalRule.TopShare(.1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new RemovalRule.TopPercentile(101));
        assertThrows(IllegalArgumentException.class, () -> new RemovalRule.TopCount(-1));
    }
}
