package org.spectralsignatures.removal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
        assertEquals(15, new RemovalRule.TopPercentile(85).removed(100));
        assertEquals(0, new RemovalRule.TopPercentile(100).removed(100));
        assertEquals(3, new RemovalRule.TopCount(7).removed(3));
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RemovalRule.TopShare(0, 1.5));
        assertThrows(IllegalArgumentException.class, () -> new RemovalRule.TopShare(.1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new RemovalRule.TopPercentile(101));
        assertThrows(IllegalArgumentException.class, () -> new RemovalRule.TopCount(-1));
    }
}
