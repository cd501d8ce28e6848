package org.spectralsignatures.network;

import java.util.Locale;

/**
 * How the training of a network went, as far as a verdict on its training images hangs on it.
 *
 * @param accuracy share of the training images that was classified correctly in the last epoch, 0 to 1
 * @param crops whether the images were moved about, which keeps a network from learning small triggers
 * @param epochs that were trained, at least 1
 * @param images number of training images, at least 1
 */
public record TrainingFacts(double accuracy, boolean crops, int epochs, long images) {

    /** A training accuracy below which a backdoor may not have been learned. */
    public static final double LEARNED = .9;

    /** @throws IllegalArgumentException if no training can be so; the message says what it cannot be */
    public TrainingFacts {
        if (!(accuracy >= 0 && accuracy <= 1)) {
            throw new IllegalArgumentException("the accuracy of a training must be from 0 to 1, but is " + accuracy);
        }
        if (epochs < 1 || images < 1) {
            throw new IllegalArgumentException("a training has at least 1 epoch and 1 image, but this one has %d and %d".formatted(epochs, images));
        }
    }

    /** @return in words, without a full stop: accuracy, and what it is the accuracy of */
    public String describe() {
        return String.format(Locale.ROOT, "training accuracy %.1f%% after %d epoch%s%s", percent(), epochs, epochs == 1 ? "" : "s",
            crops ? " with crops" : "");
    }

    /**
     * @return why a network trained so may not have learned a backdoor that is there, and what to do; null where nothing speaks for that
     */
    public String doubt() {
        if (accuracy < LEARNED) {
            return String.format(Locale.ROOT, "the training accuracy is only %.1f%%, so that a backdoor may not have been learned "
                + "(at least %.0f%% are needed): train more epochs, or more filters or hidden units", percent(), 100 * LEARNED);
        }
        if (crops) {
            return "the network was trained with crops, which keep it from learning small triggers: set Augmentation to None";
        }
        return null;
    }

    /** Rounded down, so that no accuracy looks higher than a bound that it missed. */
    private double percent() {
        return Math.floor(1000 * accuracy) / 10;
    }
}
