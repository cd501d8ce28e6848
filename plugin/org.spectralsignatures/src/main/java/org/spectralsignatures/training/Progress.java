package org.spectralsignatures.training;

import java.util.Arrays;

/**
 * Where a training stands at its end.
 *
 * @param span number of epochs that are compared, a fifth of all and at least one
 * @param gain mean accuracy of the last epochs less that of as many before; NaN with fewer than two epochs
 * @param gap training accuracy less validation accuracy in the last epochs; NaN without validation
 */
public record Progress(int span, double gain, double gap) {

    /** A gain of accuracy above which the training was not yet at its end. */
    public static final double RISING = .005;

    /** A gap above which a network has learnt its training images rather than their classes. */
    public static final double OVERFIT = .1;

    /** What to make of it. */
    public enum Verdict {
        /** There is but one epoch. */
        SHORT,
        /** The accuracy still rose. */
        RISING,
        /** The accuracy of the training images is far above that of the validation images. */
        OVERFIT,
        /** The accuracy fell. */
        FALLING,
        /** The accuracy no longer changed. */
        SETTLED
    }

    /**
     * @param accuracy {@code [epochs]}, of the training images
     * @param validation {@code [epochs]}, of the validation images, NaN where there are none
     * @return where it stands; the gain is that of the validation accuracy where it is known
     */
    public static Progress of(final double[] accuracy, final double[] validation) {
        final int n = accuracy.length;
        final int span = Math.max(1, n / 5);
        final boolean validated = n > 0 && Arrays.stream(validation).noneMatch(Double::isNaN);
        final double[] judged = validated ? validation : accuracy;
        final double gain = n < 2 ? Double.NaN : mean(judged, n - span, n) - mean(judged, n - 2 * span, n - span);
        return new Progress(span, gain, validated ? mean(accuracy, n - span, n) - mean(validation, n - span, n) : Double.NaN);
    }

    private static double mean(final double[] values, final int from, final int to) {
        return Arrays.stream(values, from, to).average().orElse(Double.NaN);
    }

    /** @return what to make of it */
    public Verdict verdict() {
        if (Double.isNaN(gain)) {
            return Verdict.SHORT;
        }
        if (gain > RISING) {
            return Verdict.RISING;
        }
        if (gap > OVERFIT) {
            return Verdict.OVERFIT;
        }
        return gain < -RISING ? Verdict.FALLING : Verdict.SETTLED;
    }
}
