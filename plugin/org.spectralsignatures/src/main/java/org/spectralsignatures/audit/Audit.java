package org.spectralsignatures.audit;

import java.util.List;

import org.spectralsignatures.removal.Verdict;

/**
 * What an {@link Auditor} found.
 *
 * @param classes one for each class, in their order
 * @param pairs the pairs of classes between which images flow, the most suspicious first
 * @param looksLike {@code [n]}, the class that the second network takes each image for
 * @param evidence {@code [n]}, how strongly both networks disagree about an image, in nats; the higher the more suspicious
 * @param poison {@code [n]}, the images to take out
 */
public record Audit(List<ClassAudit> classes, List<PairAudit> pairs, int[] looksLike, double[] evidence, boolean[] poison) { // NOSONAR never compared

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
     * Images of one label that the second network takes for another class.
     *
     * @param label of the images
     * @param other the class that they look like
     * @param images number of them
     * @param statistic how much they have in common beside looking so
     * @param pValue probability of such a statistic in a clean pair, corrected for the number of pairs
     * @param poison number of them that are taken for poison
     */
    public record PairAudit(int label, int other, int images, double statistic, double pValue, int poison) {
    }
}
