package org.spectralsignatures.removal;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The dip test of unimodality (Hartigan and Hartigan 1985). The dip of a sample is the largest distance between its
 * distribution function and the nearest one with a single mode. Its null distribution is that of uniform samples, the least
 * favourable ones among those with a single mode, so that no shape needs to be assumed.
 */
public final class DipTest {

    private static final int SAMPLES = 4000;

    private static final int SAMPLE_SIZE = 1000;

    private static final double TAIL = .05;

    private static final double FAR_TAIL = .005;

    private DipTest() {
    }

    /** Scaled dips of uniform samples, ascending; and the tail p = exp(a - b x^2) through two of their quantiles. */
    private static final class Null {

        static final double[] DIPS = simulate();

        static final double NEAR = DIPS[(int)(SAMPLES * (1 - TAIL))];

        static final double FAR = DIPS[(int)(SAMPLES * (1 - FAR_TAIL))];

        static final double B = Math.log(TAIL / FAR_TAIL) / (FAR * FAR - NEAR * NEAR);

        static final double A = Math.log(TAIL) + B * NEAR * NEAR;

        private static double[] simulate() {
            final var random = new SplittableRandom(1985);
            final var dips = new double[SAMPLES];
            final var sample = new double[SAMPLE_SIZE];
            for (int s = 0; s < SAMPLES; s++) {
                double sum = 0;
                for (int i = 0; i < SAMPLE_SIZE; i++) {
                    sum += random.nextExponential(); // uniform order statistics, up to a factor
                    sample[i] = sum;
                }
                dips[s] = dip(sample) * Math.sqrt(SAMPLE_SIZE);
            }
            Arrays.sort(dips);
            return dips;
        }
    }

    /**
     * @param dip of a sample
     * @param n its size
     * @return the probability that a uniform sample of that size has a dip at least as large; from simulated samples of 1,000 by
     *         the square root of n, with a Gaussian tail beyond their 99.5% quantile
     */
    public static double pValue(final double dip, final int n) {
        final double scaled = dip * Math.sqrt(n);
        if (scaled > Null.FAR) {
            return Math.exp(Null.A - Null.B * scaled * scaled);
        }
        int below = Arrays.binarySearch(Null.DIPS, scaled);
        below = below < 0 ? -below - 1 : below;
        return (1. + SAMPLES - below) / (SAMPLES + 1);
    }

    /**
     * @param ascending a sample, at least one value
     * @return its dip, between 1 / (2n) and 1/4
     */
    public static double dip(final double[] ascending) {
        final int n = ascending.length;
        if (n < 2 || ascending[0] == ascending[n - 1]) {
            return .5 / n;
        }
        final int[] below = convexMinorant(ascending);
        final int[] above = concaveMajorant(ascending);
        int low = 0;
        int high = n - 1;
        double dip = 1; // in counts, doubled
        while (true) {
            final int[] minorant = knots(below, high, low); // descending from high to low
            final int[] majorant = knots(above, low, high); // ascending from low to high
            final Widest widest = Widest.between(ascending, minorant, majorant);
            if (widest.distance <= dip) {
                return dip / (2. * n);
            }
            dip = Math.max(dip, Math.max(excessBelow(ascending, minorant, widest.minorantKnot), excessAbove(ascending, majorant, widest.majorantKnot)));
            final int newLow = minorant[widest.minorantKnot];
            final int newHigh = majorant[widest.majorantKnot];
            if (newLow == low && newHigh == high) {
                return dip / (2. * n);
            }
            low = newLow;
            high = newHigh;
        }
    }

    /** For each value the knot before it of the greatest convex minorant of the counts up to it. */
    private static int[] convexMinorant(final double[] x) {
        final var knot = new int[x.length];
        for (int i = 1; i < x.length; i++) {
            int j = i - 1;
            while (j > 0 && (x[i] - x[j]) * (j - knot[j]) >= (x[j] - x[knot[j]]) * (i - j)) {
                j = knot[j];
            }
            knot[i] = j;
        }
        return knot;
    }

    /** For each value the knot behind it of the least concave majorant of the counts from it on. */
    private static int[] concaveMajorant(final double[] x) {
        final int last = x.length - 1;
        final var knot = new int[x.length];
        knot[last] = last;
        for (int i = last - 1; i >= 0; i--) {
            int j = i + 1;
            while (j < last && (x[i] - x[j]) * (j - knot[j]) >= (x[j] - x[knot[j]]) * (i - j)) {
                j = knot[j];
            }
            knot[i] = j;
        }
        return knot;
    }

    private static int[] knots(final int[] next, final int from, final int to) {
        final var knots = new int[Math.abs(to - from) + 1];
        int count = 0;
        knots[0] = from;
        while (knots[count] != to) {
            knots[count + 1] = next[knots[count]];
            count++;
        }
        return Arrays.copyOf(knots, count + 1);
    }

    /** Where minorant and majorant of the modal interval lie furthest apart. */
    private record Widest(double distance, int minorantKnot, int majorantKnot) {

        /** At each knot of one curve the distance to the line between two knots of the other. */
        static Widest between(final double[] x, final int[] minorant, final int[] majorant) {
            var widest = new Widest(0, minorant.length - 1, majorant.length - 1);
            if (minorant.length == 2 && majorant.length == 2) {
                return widest;
            }
            int down = minorant.length - 2; // the minorant's knots from left to right
            int up = 1;
            do {
                final int m = minorant[down];
                final int a = majorant[up];
                if (m > a) { // the next knot from the left is the majorant's
                    final int before = minorant[down + 1];
                    final double distance = a - before + 1 - (x[a] - x[before]) * (m - before) / (x[m] - x[before]);
                    up++;
                    if (distance >= widest.distance) {
                        widest = new Widest(distance, down + 1, up - 1);
                    }
                } else {
                    final int before = majorant[up - 1];
                    final double distance = (x[m] - x[before]) * (a - before) / (x[a] - x[before]) - (m - before - 1);
                    down--;
                    if (distance >= widest.distance) {
                        widest = new Widest(distance, down + 1, up);
                    }
                }
                down = Math.max(down, 0);
                up = Math.min(up, majorant.length - 1);
            } while (minorant[down] != majorant[up]);
            return widest;
        }
    }

    /** How far the counts rise above the minorant, left of the modal interval. */
    private static double excessBelow(final double[] x, final int[] minorant, final int from) {
        double largest = 0;
        for (int k = from; k + 1 < minorant.length; k++) {
            final int begin = minorant[k + 1];
            final int end = minorant[k];
            double excess = 1;
            if (end - begin > 1 && x[end] > x[begin]) {
                final double slope = (end - begin) / (x[end] - x[begin]);
                for (int i = begin; i <= end; i++) {
                    excess = Math.max(excess, i - begin + 1 - (x[i] - x[begin]) * slope);
                }
            }
            largest = Math.max(largest, excess);
        }
        return largest;
    }

    /** How far the counts fall below the majorant, right of the modal interval. */
    private static double excessAbove(final double[] x, final int[] majorant, final int from) {
        double largest = 0;
        for (int k = from; k + 1 < majorant.length; k++) {
            final int begin = majorant[k];
            final int end = majorant[k + 1];
            double excess = 1;
            if (end - begin > 1 && x[end] > x[begin]) {
                final double slope = (end - begin) / (x[end] - x[begin]);
                for (int i = begin; i <= end; i++) {
                    excess = Math.max(excess, (x[i] - x[begin]) * slope - (i - begin - 1));
                }
            }
            largest = Math.max(largest, excess);
        }
        return largest;
    }
}
