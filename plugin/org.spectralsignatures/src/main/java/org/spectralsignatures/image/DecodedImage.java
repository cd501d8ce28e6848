package org.spectralsignatures.image;

/**
 * A decoded RGB image.
 *
 * @param shape {@code [3, height, width]}
 * @param pixels unsigned bytes in CHW order, {@code shape.size()} of them
 */
public record DecodedImage(ImageShape shape, byte[] pixels) { // NOSONAR an image is its pixels; never compared
}
