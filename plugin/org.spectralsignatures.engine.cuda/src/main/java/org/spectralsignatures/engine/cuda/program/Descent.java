package org.spectralsignatures.engine.cuda.program;

/**
 * How parameters follow their gradients: v = momentum * v + g + weightDecay * w, w = w - rate * v, where only kernels decay.
 *
 * @param momentum 0 for none
 * @param weightDecay 0 for none
 */
public record Descent(double momentum, double weightDecay) {
}
