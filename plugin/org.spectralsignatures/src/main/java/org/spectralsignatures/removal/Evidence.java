package org.spectralsignatures.removal;

/**
 * The scores of one method, as evidence for poison in a class.
 *
 * @param method its name, in words
 * @param twoEnded whether the lowest scores are as suspicious as the highest
 * @param scores {@code [n]}
 */
public record Evidence(String method, boolean twoEnded, double[] scores) { // NOSONAR never compared

    /** @return how many tests of a class it takes to ask it */
    int tests() {
        return twoEnded ? 2 : 1;
    }
}
