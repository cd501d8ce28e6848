package org.spectralsignatures.duplicate;

import java.util.List;

/**
 * Images of a class that have a twin of one kind.
 *
 * @param likeness how alike the two are
 * @param relation where the twin stands
 * @param label the class
 * @param images number of its images that have such a twin, each counted once
 * @param examples some of the pairs, those that come first in the set
 */
public record DuplicateCount(Likeness likeness, Relation relation, String label, int images, List<DuplicatePair> examples) {

    /** @return what a report calls images with such a twin */
    public String kind() {
        return kind(likeness, relation);
    }

    /** @return what a report calls images with a twin that is so much alike and stands there */
    public static String kind(final Likeness likeness, final Relation relation) {
        return likeness.text() + ", " + relation.text();
    }
}
