package org.spectralsignatures.reader;

import java.util.List;

import org.spectralsignatures.image.ImageShape;

/**
 * What a look at an image set found.
 *
 * @param format how it is stored
 * @param classes after keeping and merging, in the order of the set
 * @param shape of its first image
 */
public record ImageSetSummary(ImageSetFormat format, List<String> classes, ImageShape shape) {
}
