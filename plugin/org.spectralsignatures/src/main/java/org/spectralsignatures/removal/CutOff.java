package org.spectralsignatures.removal;

import java.util.Arrays;

/**
 * A cut-off taken from the scores of one class themselves, without a bound on the share of poison. The assumption is that
 * beyond the lower two thirds clean scores only get rarer the higher they are, counted by ratio where no score is negative and by
 * difference else, whatever the shape of their tail, and that poison is a minority that gathers at high scores: then a class whose upper
 * scores get more frequent again is poisoned, and the valley before that heap parts the poison from the rest. By ratio, that is on the
 * scale of the logarithm, a heap that is spread wide is a heap as well: on the scale of the scores it would be a long flat tail. Poison
 * that does not stand apart is not found.
 *
 * @param statistic of the {@link TailTest}; NaN if there are too few scores
 * @param pValue probability of such a statistic where scores only get rarer
 * @param score the valley's score; NaN if there is no valley
 * @param above number of scores above it
 */
public record CutOff(double statistic, double pValue, double score, int above) {

    /** Largest share of a class that may be taken for poison. */
    public static final double LARGEST_SHARE = 1. / 3;

    /** Scores below which there is no telling. */
    public static final int FEWEST = 30;

    /** Scores below this share of the lowest one of the upper third do not matter, however small; it bounds their logarithms. */
    private static final double SMALL = 1e-9;

    /**
     * Scores that cannot be negative are squares or lengths: their logarithms are looked at. A logarithm bends every interval so that
     * what lies in it comes further to the right; the test therefore finds at least what it would find in the scores or their roots.
     *
     * @param ascending the scores of one class
     * @return their cut-off; with a p-value of 1 if there are fewer than 30 or the upper ones are all the same
     */
    public static CutOff of(final double[] ascending) {
        final int n = ascending.length;
        final int from = n - (int)(LARGEST_SHARE * n);
        if (n < FEWEST || !(ascending[from - 1] < ascending[n - 1]) || !Double.isFinite(ascending[0]) || !Double.isFinite(ascending[n - 1])) {
            return new CutOff(Double.NaN, 1, Double.NaN, 0);
        }
        final double least = ascending[from - 1];
        final boolean ratios = ascending[0] >= 0 && SMALL * least > 0;
        final double[] x = ratios ? Arrays.stream(ascending).map(v -> Math.log(Math.max(v, SMALL * least))).toArray() : ascending;
        final double statistic = TailTest.statistic(x, from - 1);
        final double valley = new Density(x).deepestValley(x[from - 1]);
        int above = 0;
        while (x[n - 1 - above] > valley) {
            above++;
        }
        return new CutOff(statistic, TailTest.pValue(statistic), ratios ? Math.exp(valley) : valley, above);
    }

    /**
     * @param level the probability that any of the clean classes is called poisoned
     * @param classes number of classes that are tested
     * @return whether the class is poisoned (Bonferroni)
     */
    public boolean significant(final double level, final int classes) {
        return above > 0 && pValue * classes <= level;
    }
}
