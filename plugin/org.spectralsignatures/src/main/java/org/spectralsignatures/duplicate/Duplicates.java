package org.spectralsignatures.duplicate;

import java.util.List;

/**
 * The images of a set that are the same or nearly.
 *
 * @param counts by relation, likeness and class, those between classes first; none of 0
 * @param flat number of images that are plain areas or smaller than 20 pixels, which were compared by their pixels alone
 * @param notCompared number of images that were not compared with all others, since too many are alike by their hashes
 */
public record Duplicates(List<DuplicateCount> counts, int flat, int notCompared) {

    /** @return number of images that have such a twin */
    public int images(final Likeness likeness, final Relation relation) {
        return counts.stream().filter(c -> c.likeness() == likeness && c.relation() == relation).mapToInt(DuplicateCount::images).sum();
    }
}
