package org.spectralsignatures.reader;

import org.spectralsignatures.image.ImageShape;

/**
 * An image as it was read.
 *
 * @param key unique in its set
 * @param label its class
 * @param shape its shape
 * @param pixels unsigned bytes in CHW order
 */
public record LabelledImage(String key, String label, ImageShape shape, byte[] pixels) { // NOSONAR never compared
}
