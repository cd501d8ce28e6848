package org.spectralsignatures.audit;

import java.util.List;

import org.spectralsignatures.removal.Verdict;

/**
 * What an {@link Auditor} found.
 *
 * @param classes one for each class, in their order
 * @param marks what images of a class have in common beside their class, the most suspicious first
 * @param markOf {@code [n]}, for each image the index of the mark that it carries; -1 for none
 * @param evidence {@code [n]}, how clearly an image carries its mark: 1 is the least that counts; 0 where it carries none
 * @param looksLike {@code [n]}, for an image that carries a mark the class that the network takes it for without the mark; else -1
 * @param poison {@code [n]}, the images to take out: those that carry a mark which a verdict calls poison
 */
public record Audit(List<ClassAudit> classes, List<Mark> marks, int[] markOf, double[] evidence, int[] looksLike, boolean[] poison) { // NOSONAR never compared

    /**
     * A class.
     *
     * @param label its index
     * @param images number of its images
     * @param poison number of them that are taken for poison
     * @param verdict in words
     */
    public record ClassAudit(int label, int images, int poison, Verdict verdict) {
    }

    /**
     * A mark: a pattern at the same place of many images of one class.
     *
     * @param label index of the class
     * @param images number of the images that carry it
     * @param strength how far they stand out along it, in standard deviations of the other classes' images
     * @param asked number of images of other classes that it was put on
     * @param taken number of those that the network then took for the class
     * @param pValue probability of so many with a mark that means nothing to the network, corrected for all that were tried; NaN where
     *            such a pattern is natural, so that it was not judged
     * @param looksLike the class that the network takes most of the images for without the mark; -1 if it keeps their label
     * @param poison whether it is called poison: it turns images, or images of its class share one that does
     * @param picture the mark as a picture of the images' shape, CHW bytes: what its images differ in from their class, around a
     *            middle grey, widened to be seen
     */
    public record Mark(int label, int images, double strength, int asked, int taken, double pValue, int looksLike, boolean poison, byte[] picture) { // NOSONAR never compared
    }
}
