package org.spectralsignatures.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a reading.
 *
 * @param images number of images read
 * @param skipped those that were left out
 * @param notes what is odd about the set, as sentences
 * @param lines what happened to each image and file, by class, ending and outcome
 */
public record ReadReport(int images, SkippedImages skipped, List<String> notes, List<ReportLine> lines) {

    /** @return the same with further notes */
    ReadReport with(final List<String> more) {
        return new ReadReport(images, skipped, Stream.concat(notes.stream(), more.stream()).toList(), lines);
    }

    /** @return what the user is to be told, empty if all is well */
    public String warning() {
        final var sentences = new ArrayList<>(notes);
        if (skipped.count() > 0) {
            sentences.add(skipped.describe(images + skipped.count()));
        }
        return String.join(" ", sentences);
    }
}
