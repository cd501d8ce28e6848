package org.spectralsignatures.removal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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
            for (int c = 0; c < classes; c++) {
                final int label = c;
                mark(IntStream.range(0, scores.length).filter(i -> labels[i] == label).boxed().toArray(Integer[]::new), scores, keys, rule, removed);
            }
        } else {
            mark(IntStream.range(0, scores.length).boxed().toArray(Integer[]::new), scores, keys, rule, removed);
        }
        return removed;
    }

    private static void mark(final Integer[] rows, final double[] scores, final List<String> keys, final RemovalRule rule,
        final boolean[] removed) {
        Arrays.sort(rows, Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(keys::get));
        for (int r = 0; r < rule.removed(rows.length); r++) {
            removed[rows[r]] = true;
        }
    }
}
