package org.spectralsignatures.removal;

import java.util.Arrays;

/**
 * A cut-off taken from the scores of one class themselves, without a bound on the share of poison. The assumption is that
 * clean scores have a single mode, whatever their shape, and that poison is a minority that gathers at high scores: then a
 * class with two modes is poisoned, and the valley between them parts the poison from the rest. Poison that does not stand
 * apart is not found.
 *
 * @param dip how far the scores are from a single mode
 * @param pValue probability of such a dip where there is a single mode
 * @param score the valley's score; NaN if no minority stands apart at the upper end
 * @param above number of scores above it
 */
public record CutOff(double dip, double pValue, double score, int above) {

    /** Largest share of a class that may be taken for poison. */
    public static final double LARGEST_SHARE = 1. / 3;

    /** Scores below which there is no telling. */
    private static final int FEWEST = 20;

    /**
     * Scores that cannot be negative are squares or lengths: their roots are looked at, for which a Gaussian class has no
     * long tail.
     *
     * @param ascending the scores of one class
     * @return their cut-off; with a p-value of 1 if there are fewer than 20 or all are the same
     */
    public static CutOff of(final double[] ascending) {
        final int n = ascending.length;
        if (n < FEWEST || !(ascending[0] < ascending[n - 1]) || !Double.isFinite(ascending[0]) || !Double.isFinite(ascending[n - 1])) {
            return new CutOff(Double.NaN, 1, Double.NaN, 0);
        }
        final boolean root = ascending[0] >= 0;
        final double[] x = root ? Arrays.stream(ascending).map(Math::sqrt).toArray() : ascending;
        final double dip = DipTest.dip(x);
        final double valley = new Density(x).deepestValley(x[n - 1 - (int)(LARGEST_SHARE * n)]);
        if (Double.isNaN(valley)) {
            return new CutOff(dip, DipTest.pValue(dip, n), Double.NaN, 0);
        }
        int above = 0;
        while (x[n - 1 - above] > valley) {
            above++;
        }
        return new CutOff(dip, DipTest.pValue(dip, n), root ? valley * valley : valley, above);
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
