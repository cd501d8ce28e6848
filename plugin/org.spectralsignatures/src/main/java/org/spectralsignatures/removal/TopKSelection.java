package org.spectralsignatures.removal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.spectralsignatures.scoring.RowsByClass;

/** Chooses the rows of the highest scores; equal scores are ordered by row key, so that the choice never depends on the order of the rows. */
public final class TopKSelection {

    private TopKSelection() {
    }

    /**
     * @param labels {@code [n]}, indices of classes
     * @param classes number of classes
     * @param scores {@code [n]}
     * @param keys {@code [n]}, distinct
     * @param rule how many to remove
     * @param perClass whether each class is ranked on its own, as in the paper, or all rows together
     * @return {@code [n]}, true for the rows to remove
     */
    public static boolean[] select(final int[] labels, final int classes, final double[] scores, final List<String> keys,
        final RemovalRule rule, final boolean perClass) {
        final var removed = new boolean[scores.length];
        if (perClass) {
            final int[][] rowsByClass = RowsByClass.of(labels, classes);
            final int groups = (int)Arrays.stream(rowsByClass).filter(rows -> rows.length > 0).count();
            for (int[] rows : rowsByClass) {
                mark(rows, scores, keys, rule, groups, removed);
            }
        } else {
            mark(IntStream.range(0, scores.length).toArray(), scores, keys, rule, 1, removed);
        }
        return removed;
    }

    /** All rows above the smallest score that is removed, and of those that share it the first by key. */
    private static void mark(final int[] rows, final double[] scores, final List<String> keys, final RemovalRule rule,
        final int groups, final boolean[] removed) {
        final double[] sorted = Arrays.stream(rows).mapToDouble(i -> rankable(scores[i])).sorted().toArray();
        final int count = rule.removed(sorted, groups);
        if (count <= 0) {
            return;
        }
        final double smallest = sorted[rows.length - count];
        int left = count;
        for (int row : rows) {
            if (rankable(scores[row]) > smallest) {
                removed[row] = true;
                left--;
            }
        }
        Arrays.stream(rows).filter(i -> rankable(scores[i]) == smallest).boxed().sorted(Comparator.comparing(keys::get)).limit(left)
            .forEach(row -> removed[row] = true);
    }

    /** What is no number comes last, and there is one zero. */
    private static double rankable(final double score) {
        return Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score + 0.0;
    }
}
