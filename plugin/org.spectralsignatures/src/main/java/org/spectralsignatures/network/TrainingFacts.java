package org.spectralsignatures.network;

/**
 * How the training of a network went, as far as a verdict on its training images hangs on it.
 *
 * @param accuracy share of the training images that was classified correctly in the last epoch, 0 to 1
 * @param crops whether the images were moved about, which keeps a network from learning small triggers
 * @param epochs that were trained
 * @param images number of training images
 */
public record TrainingFacts(double accuracy, boolean crops, int epochs, long images) {

    /** A training accuracy below which a backdoor may not have been learned. */
    public static final double LEARNED = .9;

    /**
     * @return why a network trained so may not have learned a backdoor that is there, and what to do; null where nothing speaks for that
     */
    public String doubt() {
        if (!(accuracy >= LEARNED)) {
            return "the training accuracy is only %.1f%%, so that a backdoor may not have been learned (at least %.0f%% are needed): train more epochs"
                .formatted(Math.floor(1000 * accuracy) / 10, 100 * LEARNED);
        }
        if (crops) {
            return "the network was trained with crops, which keep it from learning small triggers: set Augmentation to None";
        }
        return null;
    }
}
