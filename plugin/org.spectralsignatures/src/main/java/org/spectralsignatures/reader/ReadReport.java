package org.spectralsignatures.reader;

import java.util.List;

/**
 * What became of a reading.
 *
 * @param images number of images read
 * @param skipped why each unreadable image was left out
 */
public record ReadReport(int images, List<String> skipped) {
}
