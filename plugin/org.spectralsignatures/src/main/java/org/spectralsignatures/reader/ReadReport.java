package org.spectralsignatures.reader;

import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.duplicate.Duplicates;

/**
 * What became of a reading.
 *
 * @param images number of images read
 * @param skipped those that were left out
 * @param notes what is odd about the set, as sentences
 * @param lines what happened to each image and file, by class, ending and outcome
 * @param findings what is to be known of the images that were read
 * @param doubts what of this speaks against using the images as they are, as sentences
 * @param duplicates images that are the same or nearly
 */
public record ReadReport(int images, SkippedImages skipped, List<String> notes, List<ReportLine> lines, List<Finding> findings,
    List<String> doubts, Duplicates duplicates) {

    /** @return what the user is to be told of the reading, empty if all is well */
    public String warning() {
        return String.join(" ", ofTheReading());
    }

    private List<String> ofTheReading() {
        final var sentences = new ArrayList<>(notes);
        if (skipped.count() > 0) {
            sentences.add(skipped.describe(images + skipped.count()));
        }
        return sentences;
    }

    /** @return what the user is to be told of the images, empty if all is well */
    public String doubt() {
        return String.join(" ", doubts);
    }

    /** @return what the user is to be told of the reading and of the images, as sentences */
    public List<String> sentences() {
        final var sentences = ofTheReading();
        sentences.addAll(doubts);
        return sentences;
    }
}
