package org.spectralsignatures.audit;

/**
 * A pattern with its mark, and how it fared. The limits were found on clean and poisoned sets of CIFAR-10, see docs/Verdict.md.
 *
 * @param filter the pattern
 * @param strange whether most of its images are strangers, so that nothing in them is natural to their class
 * @param form of the mark
 * @param stamp it as a mark
 * @param asked number of images of other classes that it was put on
 * @param taken number of those that the network then took for the class
 */
record Tried(MatchedFilter filter, boolean strange, Stamp.Form form, Stamp stamp, int asked, int taken) {

    /** Natural patterns reached 80 in photographs and 136 in textures. */
    private static final double DISTINCT = 100;

    /** Natural patterns of photographs reached 2. */
    private static final double CLEAR = 4;

    /** A pattern along which the class is wider than this is natural to it; in textures it was 5 to 18. */
    private static final double WIDE = 2.5;

    /** The same, if more images than this lie in the opposite direction. */
    private static final double OPPOSITE = .3;

    /** A fainter pattern has to turn so many images at least; natural ones reached .34. */
    private static final double MOST_BY_NATURE = .45;

    private static final double LEAST_DISTINCT = 15;

    /** @return share of the images that are taken for the class */
    double rate() {
        return asked == 0 ? 0 : (double)taken / asked;
    }

    /** @return whether images hardly share such a pattern by nature */
    boolean unnatural() {
        return standsApart() && filter.clearness() >= CLEAR && filter.distinctness() >= DISTINCT;
    }

    /** @return whether it may be the mark of a backdoor though it is faint, since it turns so many images */
    boolean turns() {
        return standsApart() && rate() >= MOST_BY_NATURE && filter.distinctness() >= LEAST_DISTINCT;
    }

    /** A pattern that is natural to a class has many of its images on both sides and in between. */
    private boolean standsApart() {
        return strange || filter.width() <= WIDE && filter.opposite() <= OPPOSITE;
    }
}
