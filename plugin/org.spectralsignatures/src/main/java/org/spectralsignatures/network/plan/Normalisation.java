package org.spectralsignatures.network.plan;

/**
 * The constants of a batch normalisation (Ioffe and Szegedy 2015) with a leaky rectifier behind it:
 * y = max(z, leak * z), z = gamma * (x - mean) / sqrt(variance + eps) + beta, channel by channel.
 *
 * @param decay of the running moments, which become decay * running + (1 - decay) * batch in each step; the batch's variance is divided by its size
 * @param eps added to the variance
 * @param leak slope for negative values, 0 for a plain rectifier
 */
public record Normalisation(double decay, double eps, double leak) {
}
