package org.spectralsignatures.reader;

import java.util.Set;
import java.util.stream.Stream;

import org.spectralsignatures.duplicate.DuplicateCount;
import org.spectralsignatures.duplicate.Likeness;
import org.spectralsignatures.duplicate.Relation;
import org.spectralsignatures.image.ImageShape;

/**
 * Something about the images of a set that its user should know, beside what became of each file.
 *
 * @param kind what was found
 * @param label the class that it is about; null where it is about the whole set
 * @param count number of images, sizes or classes that it is about
 * @param smallest size, null where sizes do not matter
 * @param largest size, null where sizes do not matter
 * @param first row key of the first image, null if there is none
 * @param details files, numbers and how many more there are; null for none
 */
public record Finding(String kind, String label, int count, ImageShape smallest, ImageShape largest, String first, String details) {

    /** The kind of the finding that tells the sizes of the images that were read; it counts different ones. */
    public static final String SIZES = "sizes";

    /** What stands before the mode in the kind of a finding that counts images of a mode. */
    public static final String MODE = "mode ";

    /** What stands before the part in the kind of a finding that counts images read of a part of the set. */
    public static final String PART = "part ";

    /** The kind of a finding about images whose edges were cut off to bring all to one size. */
    public static final String CUT = "edges cut off";

    /** The kind of a finding about images that were made smaller. */
    public static final String SMALLER = "made smaller";

    /** The kind of a finding about a class with too few images for a verdict. */
    public static final String FEW = "few images";

    /** The kind of a finding about a class without an image that was read. */
    public static final String NONE = "no images";

    /** The kind of a finding about names of classes that look the same. */
    public static final String NAMES = "names alike";

    /** The kind of a finding about images that are plain areas or very small. */
    public static final String PLAIN = "plain or very small";

    /** The kind of a finding about images that were not compared with all others. */
    public static final String NOT_COMPARED = "not compared with all";

    /** @return whether a finding may be of this kind, so that it is no outcome of a file */
    public static boolean isKind(final String kind) {
        return kind.startsWith(MODE) || kind.startsWith(PART) || Set.of(SIZES, CUT, SMALLER, FEW, NONE, NAMES, PLAIN, NOT_COMPARED).contains(kind)
            || Stream.of(Likeness.values()).anyMatch(l -> Stream.of(Relation.values()).anyMatch(r -> DuplicateCount.kind(l, r).equals(kind)));
    }

    static Finding of(final String kind, final String label, final int count, final String first, final String details) {
        return new Finding(kind, label, count, null, null, first, details);
    }
}
