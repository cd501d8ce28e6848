package org.spectralsignatures.evaluation;

import java.util.Arrays;

/** Bars of equal width over a range of values; the last one contains its upper bound. */
public final class Histogram {

    private Histogram() {
    }

    /**
     * @param values {@code [n]}, finite
     * @param bins number of bars, at least 1
     * @return {@code [bins + 1]} edges from the least to the greatest value; of equal values a range around them, and from 0 to 1 if there are none
     */
    public static double[] edges(final double[] values, final int bins) {
        double low = Arrays.stream(values).min().orElse(0);
        double high = Arrays.stream(values).max().orElse(1);
        if (low == high) {
            final double half = low == 0 ? .5 : Math.abs(low) / 2;
            low -= half;
            high += half;
        }
        final var edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            edges[i] = low + (high - low) * i / bins;
        }
        edges[bins] = high;
        return edges;
    }

    /**
     * @param edges {@code [bins + 1]}, equally wide bars
     * @param value within the edges
     * @return index of the bar that counts it
     */
    public static int bar(final double[] edges, final double value) {
        final int bins = edges.length - 1;
        final double scale = bins / (edges[bins] - edges[0]);
        return Math.max(0, Math.min(bins - 1, (int)((value - edges[0]) * scale)));
    }

    /**
     * @param edges {@code [bins + 1]}, equally wide bars
     * @param values {@code [n]}, within the edges
     * @return {@code [bins]}, number of values in each bar
     */
    public static int[] count(final double[] edges, final double[] values) {
        final var counts = new int[edges.length - 1];
        for (double value : values) {
            counts[bar(edges, value)]++;
        }
        return counts;
    }
}
