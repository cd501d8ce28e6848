package org.spectralsignatures.transfer;

/**
 * How a small classifier is trained on vectors.
 *
 * @param hidden units of a hidden layer with a rectifier, 0 for none (softmax regression)
 * @param epochs most steps of the optimiser, of which each looks at all vectors; fewer where the loss no longer falls
 * @param penalty lambda of the penalty lambda / 2 * |w|^2 on the weights for standardised values, biases not among them
 * @param seed of the first weights of a hidden layer; without one nothing is drawn
 */
public record HeadOptions(int hidden, int epochs, double penalty, long seed) {

    /** Most units of a hidden layer. */
    public static final int MOST_HIDDEN = 4096;

    /** @throws IllegalArgumentException if an option is out of range; the message says which and what is allowed */
    public HeadOptions {
        if (hidden < 0 || hidden > MOST_HIDDEN) {
            throw new IllegalArgumentException("The number of hidden units must be from 0 (no hidden layer) to %d, not %d.".formatted(MOST_HIDDEN, hidden));
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("The number of epochs must be at least 1, not %d.".formatted(epochs));
        }
        if (!(penalty >= 0 && penalty <= 1000)) {
            throw new IllegalArgumentException("The weight decay must be from 0 (none) to 1000, not %s.".formatted(penalty));
        }
    }
}
