package org.spectralsignatures.evaluation;

import org.spectralsignatures.image.ImageDataset;

/**
 * The softmax outputs of a network for n images.
 *
 * @param classes number of classes
 * @param probabilities {@code [n * classes]}, image by image
 */
public record Predictions(int classes, float[] probabilities) { // NOSONAR never compared

    /** @return number of images n */
    public int size() {
        return probabilities.length / classes;
    }

    /**
     * @param image index of an image
     * @return the class of the highest probability; the first one of equals
     */
    public int label(final int image) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = probability(image, c) > probability(image, best) ? c : best;
        }
        return best;
    }

    /**
     * @param image index of an image
     * @param label index of a class
     * @return probability of the class
     */
    public float probability(final int image, final int label) {
        return probabilities[image * classes + label];
    }

    /**
     * @param truth the images that were classified
     * @return share of images that were given their own label, NaN without images
     */
    public double accuracy(final ImageDataset truth) {
        int correct = 0;
        for (int i = 0; i < size(); i++) {
            correct += label(i) == truth.label(i) ? 1 : 0;
        }
        return (double)correct / size();
    }

    /**
     * @param target index of a class
     * @return share of images that were classified as the target (the attack's success rate on marked images), NaN without images
     */
    public double rate(final int target) {
        int hits = 0;
        for (int i = 0; i < size(); i++) {
            hits += label(i) == target ? 1 : 0;
        }
        return (double)hits / size();
    }

    /**
     * @param truth the images that were classified
     * @return mean cross-entropy in nats, NaN without images
     */
    public double meanLoss(final ImageDataset truth) {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum -= Math.log(Math.max(Float.MIN_NORMAL, probability(i, truth.label(i))));
        }
        return sum / size();
    }
}
