package org.spectralsignatures.writer;

import java.util.List;

/**
 * What is known of a set before its images come.
 *
 * @param classes of the images that stay, in their order; needed where labels become numbers, else it may be empty
 * @param kept number of images that stay
 * @param removed number of images that were taken out; -1 where it is not known which were
 */
public record SetContents(List<String> classes, long kept, long removed) {

    boolean knowsRemoved() {
        return removed >= 0;
    }

    long images() {
        return kept + Math.max(0, removed);
    }
}
