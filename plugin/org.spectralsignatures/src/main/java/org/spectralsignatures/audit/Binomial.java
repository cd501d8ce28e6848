package org.spectralsignatures.audit;

import org.apache.commons.math3.special.Beta;

/** The upper tail of a binomial distribution. */
final class Binomial {

    private Binomial() {
    }

    /**
     * @param successes at least so many
     * @param trials number of trials
     * @param probability of a success, above 0 and below 1
     * @return how likely they are, by the incomplete beta function, so that small ones keep their digits
     */
    static double tail(final int successes, final int trials, final double probability) {
        return successes == 0 ? 1 : Beta.regularizedBeta(probability, successes, trials - successes + 1.);
    }
}
