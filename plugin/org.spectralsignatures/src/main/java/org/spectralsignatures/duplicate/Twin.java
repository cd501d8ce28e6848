package org.spectralsignatures.duplicate;

/**
 * One image of a pair.
 *
 * @param image its index among the images that were compared
 * @param key its row key
 * @param label its class
 */
public record Twin(int image, String key, String label) {
}
