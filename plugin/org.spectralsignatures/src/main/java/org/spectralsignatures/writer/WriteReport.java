package org.spectralsignatures.writer;

import java.util.List;

/**
 * What was written.
 *
 * @param kept number of images that stayed
 * @param removed number of images that were taken out
 * @param files number of images that were written
 * @param notes what the user is to be told, as sentences
 */
public record WriteReport(int kept, int removed, int files, List<String> notes) {
}
