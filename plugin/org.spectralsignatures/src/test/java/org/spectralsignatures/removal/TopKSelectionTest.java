package org.spectralsignatures.removal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

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
