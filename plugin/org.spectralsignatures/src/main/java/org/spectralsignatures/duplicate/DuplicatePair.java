package org.spectralsignatures.duplicate;

/**
 * Two images that are alike.
 *
 * @param first of them, in the set's order
 * @param second of them
 */
public record DuplicatePair(Twin first, Twin second) {
}
