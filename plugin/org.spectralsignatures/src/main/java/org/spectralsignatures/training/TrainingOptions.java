package org.spectralsignatures.training;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training set
 * @param batchSize images of a step, 128 in the paper
 * @param schedule how the learning rate changes
 * @param learningRate its peak, .1 in the paper
 * @param momentum of heavy-ball gradient descent, .9 in the paper
 * @param augmentation random changes of each image
 * @param seed of the order of the images and of the augmentation
 * @param enough a training accuracy, above 0 and at most 1, that ends the training when two epochs in a row have reached it;
 *            {@link #ALL_EPOCHS} for none
 */
public record TrainingOptions(int epochs, int batchSize, Schedule schedule, double learningRate, double momentum,
    Augmentation augmentation, long seed, double enough) {

    /** Stands for an accuracy that no training reaches. */
    public static final double ALL_EPOCHS = Double.POSITIVE_INFINITY;

    /** @throws IllegalArgumentException if an option is out of range; the message says which and what is allowed */
    public TrainingOptions {
        if (epochs < 1) {
            throw new IllegalArgumentException("The number of epochs must be at least 1, not %d.".formatted(epochs));
        }
        if (batchSize < 2) {
            throw new IllegalArgumentException("The batch size must be at least 2, not %d.".formatted(batchSize));
        }
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The learning rate must be positive, not %s.".formatted(learningRate));
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("The momentum must be at least 0 and below 1, not %s.".formatted(momentum));
        }
        if (!(enough > 0 && enough <= 1 || enough == ALL_EPOCHS)) {
            throw new IllegalArgumentException("The training accuracy that is enough must be above 0 and at most 1, not %s.".formatted(enough));
        }
    }

    /**
     * A training of all its epochs; the other values are those of the record.
     *
     * @param epochs passes over the training set
     * @param batchSize images of a step
     * @param schedule how the learning rate changes
     * @param learningRate its peak
     * @param momentum of heavy-ball gradient descent
     * @param augmentation random changes of each image
     * @param seed of the order of the images and of the augmentation
     */
    public TrainingOptions(final int epochs, final int batchSize, final Schedule schedule, final double learningRate, final double momentum,
        final Augmentation augmentation, final long seed) {
        this(epochs, batchSize, schedule, learningRate, momentum, augmentation, seed, ALL_EPOCHS);
    }

    /** @return whether the training may end before its last epoch */
    public boolean mayEndEarly() {
        return enough != ALL_EPOCHS;
    }

    /**
     * @param last accuracy of an epoch
     * @param before accuracy of the epoch before it; NaN if there was none
     * @return whether the training may end
     */
    boolean enough(final double last, final double before) {
        return last >= enough && before >= enough;
    }

    /**
     * @param images size of the training set
     * @return number of steps of an epoch; a last batch of a single image is left out, since it has no variance
     */
    public int stepsPerEpoch(final int images) {
        return images / batchSize + (images % batchSize > 1 ? 1 : 0);
    }
}
