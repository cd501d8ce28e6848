package org.spectralsignatures.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * Groups of images of a class that may share a mark, to begin the search with: those of the highest scores, and both ends of the
 * directions in which the class, and those of the highest scores, vary most in their whitened pixels.
 */
final class Suspects {

    private static final double[] SHARES = {.2, .1, .05};

    private static final int DIRECTIONS = 4;

    private static final double END_OF_SUSPICIOUS = .1;

    private static final double END_OF_CLASS = 1. / 30;

    private Suspects() {
    }

    /**
     * @param pixels of all images
     * @param own images of the class
     * @param scores of all images, the higher the more suspicious
     * @param seed of the directions
     * @param monitor asked in between
     * @return groups of at least {@value MatchedFilter#FEWEST} images
     */
    static List<int[]> of(final WhitenedPixels pixels, final int[] own, final double[] scores, final long seed, final TaskMonitor monitor)
        throws TaskCancelledException {
        final int[] ranked = IntStream.of(own).boxed().sorted(Comparator.comparingDouble(i -> -scores[i])).mapToInt(Integer::intValue).toArray();
        final var groups = new ArrayList<int[]>();
        for (double share : SHARES) {
            groups.add(sorted(ranked, 0, count(own.length, share)));
        }
        ends(pixels, groups.get(0), END_OF_SUSPICIOUS, seed, monitor, groups);
        ends(pixels, own, END_OF_CLASS, seed, monitor, groups);
        return groups;
    }

    private static void ends(final WhitenedPixels pixels, final int[] rows, final double share, final long seed, final TaskMonitor monitor,
        final List<int[]> groups) throws TaskCancelledException {
        final double[][] points = pixels.components(rows, DIRECTIONS, seed, monitor);
        for (int j = 0; j < points[0].length; j++) {
            final int component = j;
            final int[] order = IntStream.range(0, rows.length).boxed().sorted(Comparator.comparingDouble(i -> points[i][component]))
                .mapToInt(i -> rows[i]).toArray();
            final int size = count(rows.length, share);
            groups.add(sorted(order, 0, size));
            groups.add(sorted(order, order.length - size, size));
        }
    }

    private static int count(final int rows, final double share) {
        return Math.min(rows, Math.max(MatchedFilter.FEWEST, (int)(share * rows)));
    }

    private static int[] sorted(final int[] order, final int from, final int count) {
        final int[] group = Arrays.copyOfRange(order, from, from + count);
        Arrays.sort(group);
        return group;
    }
}
