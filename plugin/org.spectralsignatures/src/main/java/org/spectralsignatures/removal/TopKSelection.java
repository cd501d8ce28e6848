package org.spectralsignatures.removal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.spectralsignatures.scoring.RowsByClass;

/**
 * The rows of the highest scores. Equal scores are ordered by row key, so that the choice never depends on the order of the rows;
 * where all scores are the same none is removed, since nothing tells poison from clean rows.
 *
 * @param removed {@code [n]}, true for the rows to remove
 * @param cuts one for each group of rows that are ranked together: the classes that have rows, or a single one
 */
public record TopKSelection(boolean[] removed, List<Cut> cuts) { // NOSONAR never compared

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
        return of(labels, classes, scores, keys, rule, perClass).removed;
    }

    /** As {@link #select}, with where the cuts lie. */
    public static TopKSelection of(final int[] labels, final int classes, final double[] scores, final List<String> keys,
        final RemovalRule rule, final boolean perClass) {
        final var removed = new boolean[scores.length];
        final var cuts = new ArrayList<Cut>();
        final int[][] ranked = perClass ? RowsByClass.of(labels, classes) : new int[][]{IntStream.range(0, scores.length).toArray()};
        final int groups = (int)Arrays.stream(ranked).filter(rows -> rows.length > 0).count();
        for (int g = 0; g < ranked.length; g++) {
            if (ranked[g].length > 0) {
                cuts.add(mark(g, ranked[g], scores, keys, rule, groups, removed));
            }
        }
        return new TopKSelection(removed, List.copyOf(cuts));
    }

    /**
     * The rows that a scorer takes for poison itself, whatever their scores.
     *
     * @param labels {@code [n]}, indices of classes
     * @param classes number of classes
     * @param apart {@code [n]}, true for the rows that it takes for poison
     * @return those rows, with a cut for each class that has rows
     */
    public static TopKSelection apart(final int[] labels, final int classes, final boolean[] apart) {
        final int[][] rows = RowsByClass.of(labels, classes);
        return new TopKSelection(apart.clone(), IntStream.range(0, classes).filter(c -> rows[c].length > 0)
            .mapToObj(c -> new Cut(c, rows[c].length, (int)Arrays.stream(rows[c]).filter(i -> apart[i]).count(), 0, false)).toList());
    }

    /** All rows above the smallest score that is removed, and of those that share it the first by key. */
    private static Cut mark(final int group, final int[] rows, final double[] scores, final List<String> keys, final RemovalRule rule,
        final int groups, final boolean[] removed) {
        final double[] sorted = Arrays.stream(rows).mapToDouble(i -> rankable(scores[i])).sorted().toArray();
        final int count = rule.removed(sorted, groups);
        final boolean constant = count > 0 && sorted[0] == sorted[rows.length - 1];
        if (count <= 0 || constant) {
            return new Cut(group, rows.length, 0, 0, constant);
        }
        final double smallest = sorted[rows.length - count];
        int left = count;
        for (int row : rows) {
            if (rankable(scores[row]) > smallest) {
                removed[row] = true;
                left--;
            }
        }
        final int[] tied = Arrays.stream(rows).filter(i -> rankable(scores[i]) == smallest).toArray();
        Arrays.stream(tied).boxed().sorted(Comparator.comparing(keys::get)).limit(left).forEach(row -> removed[row] = true);
        return new Cut(group, rows.length, count, left < tied.length ? tied.length : 0, false);
    }

    /** What is no number comes last, and there is one zero. */
    private static double rankable(final double score) {
        return Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score + 0.0;
    }
}
