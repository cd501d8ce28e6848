package org.spectralsignatures.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void edgesReachFromTheLeastToTheGreatestValue() {
        assertArrayEquals(new double[]{-1, 0, 1, 2, 3}, Histogram.edges(new double[]{3, -1, 0}, 4));
    }

    @Test
    void edgesOfEqualValuesAndOfNone() {
        assertArrayEquals(new double[]{4, 8, 12}, Histogram.edges(new double[]{8, 8}, 2));
        assertArrayEquals(new double[]{-.5, 0, .5}, Histogram.edges(new double[]{0}, 2));
        assertArrayEquals(new double[]{0, .5, 1}, Histogram.edges(new double[0], 2));
    }

    @Test
    void eachValueIsInOneBarAndTheGreatestInTheLast() {
        final double[] edges = {0, 1, 2, 3, 4};
        assertArrayEquals(new int[]{2, 1, 0, 3}, Histogram.count(edges, new double[]{0, .99, 1, 3, 3.5, 4}));
    }
}
