package org.spectralsignatures.audit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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
    public record ClassAudit(int label, int images, int poison, Verdict verdict) implements Serializable {
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
    public record Mark(int label, int images, double strength, int asked, int taken, double pValue, int looksLike, boolean poison, byte[] picture) // NOSONAR never compared
        implements Serializable {
    }

    /**
     * What was found in one class.
     *
     * @param audit of the class
     * @param marks of its images
     * @param markOf {@code [images]}, for each of its images the index of the mark among these; -1 for none
     * @param evidence {@code [images]}, how clearly each carries its mark
     * @param looksLike {@code [images]}, what each is taken for without it; else -1
     */
    record OfClass(ClassAudit audit, List<Mark> marks, int[] markOf, double[] evidence, int[] looksLike) implements Serializable { // NOSONAR never compared
    }

    /**
     * @param classes what was found in each
     * @param rows for each class the indices of its images, ascending
     * @return all together, the most suspicious marks first
     */
    static Audit of(final List<OfClass> classes, final int[][] rows) {
        final var found = new ArrayList<Mark>();
        classes.forEach(c -> found.addAll(c.marks));
        final int[] order = IntStream.range(0, found.size()).boxed().sorted(Comparator.<Integer, Boolean>comparing(k -> !found.get(k).poison())
            .thenComparing(k -> found.get(k).pValue()).thenComparing(k -> -found.get(k).strength())).mapToInt(Integer::intValue).toArray();
        final int[] places = new int[order.length];
        IntStream.range(0, order.length).forEach(k -> places[order[k]] = k);
        final int n = Arrays.stream(rows).mapToInt(own -> own.length).sum();
        final int[] markOf = new int[n];
        final int[] looksLike = new int[n];
        final var evidence = new double[n];
        final var poison = new boolean[n];
        int marks = 0;
        for (OfClass c : classes) {
            final int[] own = rows[c.audit.label];
            for (int i = 0; i < own.length; i++) {
                final int mark = c.markOf[i] < 0 ? -1 : places[marks + c.markOf[i]];
                markOf[own[i]] = mark;
                looksLike[own[i]] = c.looksLike[i];
                evidence[own[i]] = c.evidence[i];
                poison[own[i]] = mark >= 0 && found.get(order[mark]).poison();
            }
            marks += c.marks.size();
        }
        return new Audit(classes.stream().map(OfClass::audit).toList(), Arrays.stream(order).mapToObj(found::get).toList(), markOf, evidence, looksLike, poison);
    }
}
