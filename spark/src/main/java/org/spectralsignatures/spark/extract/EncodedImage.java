package org.spectralsignatures.spark.extract;

import java.io.Serializable;

/**
 * An image as it lies in its file.
 *
 * @param id what names it; null if it is missing
 * @param label its class; null if it is missing
 * @param content bytes of a PNG, JPEG or other file; null if they are missing
 * @param fault why it cannot be used, where that is known before it is decoded; null else
 */
public record EncodedImage(String id, String label, byte[] content, String fault) implements Serializable { // NOSONAR never compared
}
