package org.spectralsignatures.removal;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A multiscale test whether values beyond some point only get rarer, that is whether their density is non-increasing (Duembgen
 * and Walther 2008, Multiscale inference about a density). If so, those that lie between any two of them tend to its left half:
 * at most as far to the right as uniform ones. The statistic is the largest over all such intervals of m values of
 * {@code t^2 / 2 - log(n / (m + 1))} where {@code t = sqrt(12 / m) sum (u - 1/2)} is positive, with u the position in the
 * interval; the second term puts intervals of all sizes on one scale (Rivera and Walther 2013). Its distribution is that of
 * uniform values, the least favourable ones, so that no shape needs to be assumed.
 */
final class TailTest {

    private static final int SAMPLES = 2000;

    private static final int SAMPLE_SIZE = 400;

    private static final double TAIL = .1;

    private static final double FAR_TAIL = .01;

    /** Values that an interval may begin and end with; of more, only some are tried. */
    private static final int MOST_ENDS = 5000;

    private TailTest() {
    }

    /** Statistics of uniform samples, ascending; and the tail p = exp(a - b x) through two of their quantiles. */
    private static final class Null {

        static final double[] STATISTICS = simulate();

        static final double NEAR = STATISTICS[(int)(SAMPLES * (1 - TAIL))];

        static final double FAR = STATISTICS[(int)(SAMPLES * (1 - FAR_TAIL))];

        static final double B = Math.log(TAIL / FAR_TAIL) / (FAR - NEAR);

        static final double A = Math.log(TAIL) + B * NEAR;

        private static double[] simulate() {
            final var random = new SplittableRandom(2008);
            final var statistics = new double[SAMPLES];
            final var sample = new double[SAMPLE_SIZE + 1];
            for (int s = 0; s < SAMPLES; s++) {
                for (int i = 1; i <= SAMPLE_SIZE; i++) {
                    sample[i] = sample[i - 1] + random.nextExponential(); // uniform order statistics, up to a factor
                }
                statistics[s] = statistic(sample, 0);
            }
            Arrays.sort(statistics);
            return statistics;
        }
    }

    /**
     * @param statistic of some values
     * @return the probability that the statistic of values that only get rarer is at least as large; from simulated samples of 400,
     *         with an exponential tail beyond their 99% quantile
     */
    static double pValue(final double statistic) {
        if (statistic > Null.FAR) {
            return Math.exp(Null.A - Null.B * statistic);
        }
        int below = Arrays.binarySearch(Null.STATISTICS, statistic);
        below = below < 0 ? -below - 1 : below;
        return (1. + SAMPLES - below) / (SAMPLES + 1);
    }

    /**
     * @param ascending values
     * @param from index of the value at which the tail begins
     * @return the statistic of the values behind it
     */
    static double statistic(final double[] ascending, final int from) {
        final int n = ascending.length - 1 - from;
        final var sums = new double[n + 2]; // of the values less the first one
        for (int i = 0; i <= n; i++) {
            sums[i + 1] = sums[i] + (ascending[from + i] - ascending[from]);
        }
        final int step = 1 + n / MOST_ENDS;
        final var scale = new double[n + 1];
        final var penalty = new double[n + 1];
        for (int m = 1; m < n; m++) {
            scale[m] = Math.sqrt(12. / m);
            penalty[m] = Math.log((double)n / (m + 1));
        }
        double largest = -Math.log(n);
        for (int j = 0; j < n; j += step) {
            final double left = ascending[from + j] - ascending[from];
            for (int k = n; k > j + 1; k -= step) {
                final int m = k - j - 1;
                final double width = ascending[from + k] - ascending[from + j];
                final double excess = (sums[k] - sums[j + 1] - m * left) / width - m / 2.;
                if (width > 0 && excess > 0) {
                    final double t = scale[m] * excess;
                    largest = Math.max(largest, t * t / 2 - penalty[m]);
                }
            }
        }
        return largest;
    }
}
