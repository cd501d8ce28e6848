package org.spectralsignatures.audit;

/** The upper tail of a binomial distribution. */
final class Binomial {

    private Binomial() {
    }

    /**
     * @param successes at least so many
     * @param trials number of trials
     * @param probability of a success, above 0 and below 1
     * @return how likely they are
     */
    static double tail(final int successes, final int trials, final double probability) {
        double term = 0;
        for (int k = 0; k < successes; k++) {
            term += Math.log(trials - k) - Math.log(k + 1.);
        }
        term += successes * Math.log(probability) + (trials - successes) * Math.log1p(-probability);
        double sum = 0;
        for (int k = successes; k <= trials; k++) {
            sum += Math.exp(term);
            term += Math.log(trials - (double)k) - Math.log(k + 1.) + Math.log(probability) - Math.log1p(-probability);
        }
        return Math.min(1, sum);
    }
}
