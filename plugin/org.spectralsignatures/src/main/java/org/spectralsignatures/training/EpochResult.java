package org.spectralsignatures.training;

/**
 * What was measured in an epoch.
 *
 * @param epoch from 1
 * @param learningRate of its last step
 * @param loss mean cross-entropy (nats) of the training images, augmented, as they were shown
 * @param accuracy share of them that was classified correctly when shown
 * @param validationLoss mean cross-entropy of the validation set after the epoch, NaN without one
 * @param validationAccuracy accuracy on the validation set after the epoch, NaN without one
 * @param seconds the epoch took, validation included
 */
public record EpochResult(int epoch, double learningRate, double loss, double accuracy, double validationLoss,
    double validationAccuracy, double seconds) {
}
