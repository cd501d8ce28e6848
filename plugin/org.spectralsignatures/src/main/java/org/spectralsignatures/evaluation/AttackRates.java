package org.spectralsignatures.evaluation;

/**
 * What a network does with clean and with marked images (paper, Table 2).
 *
 * @param accuracy share of the clean images that are given their own label, from 0 to 1; NaN without images
 * @param success share of the marked images that are taken for the target, from 0 to 1; NaN without images
 */
public record AttackRates(double accuracy, double success) {

    /** @return the accuracy in percent, as the paper gives it */
    public double accuracyInPercent() {
        return percent(accuracy);
    }

    /** @return the success in percent, as the paper gives it */
    public double successInPercent() {
        return percent(success);
    }

    /** Without the rounding errors of a product by 100. */
    private static double percent(final double share) {
        return Double.isNaN(share) ? share : Math.round(share * 1e8) / 1e6;
    }
}
