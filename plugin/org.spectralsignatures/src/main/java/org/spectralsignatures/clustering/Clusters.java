package org.spectralsignatures.clustering;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.spectralsignatures.representation.LabelledRows;

/**
 * Clusters of rows, the largest one first; of two of one size that with the first row.
 *
 * @param labels the cluster of each row, {@code [n]}
 * @param sizes number of rows of each cluster, {@code [k]}
 * @param inertia sum of the squared distances of all rows to the means of their clusters
 * @param rounds of Lloyd's iteration
 * @param isSettled whether the last round changed nothing
 */
public record Clusters(int[] labels, int[] sizes, double inertia, int rounds, boolean isSettled) { // NOSONAR never compared

    private static final String NAME = "cluster ";

    private static final int SHOWN = 10;

    /** Puts clusters into their order. */
    static Clusters of(final int[] found, final int k, final double inertia, final int rounds, final boolean isSettled) {
        final int[] sizes = new int[k];
        final int[] first = new int[k];
        for (int i = found.length - 1; i >= 0; i--) {
            sizes[found[i]]++;
            first[found[i]] = i;
        }
        final int[] order = IntStream.range(0, k).boxed().sorted(Comparator.<Integer>comparingInt(c -> -sizes[c]).thenComparing(c -> first[c]))
            .mapToInt(Integer::intValue).toArray();
        final int[] place = new int[k];
        for (int c = 0; c < k; c++) {
            place[order[c]] = c;
        }
        return new Clusters(Arrays.stream(found).map(c -> place[c]).toArray(), Arrays.stream(order).map(c -> sizes[c]).toArray(), inertia, rounds, isSettled);
    }

    /** @return {@code cluster 1} and so on */
    public List<String> names() {
        return IntStream.rangeClosed(1, sizes.length).mapToObj(c -> NAME + c).toList();
    }

    /**
     * @param rows of the same matrix
     * @return the same rows with the clusters as classes
     */
    public LabelledRows label(final LabelledRows rows) {
        return new LabelledRows(names(), labels, rows.keys(), rows.poisoned());
    }

    /** @return what was found, as sentences that a user should see */
    public String note() {
        final String shown = Arrays.stream(sizes).limit(SHOWN).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        final String others = sizes.length > SHOWN ? " and fewer (down to %d)".formatted(sizes[sizes.length - 1]) : "";
        return "The classes are %d clusters that k-means made, of %s%s rows; sum of squared distances to their means: %.6g.%s".formatted(sizes.length, shown, others,
            inertia, isSettled ? "" : " They were still changing after %d rounds.".formatted(rounds));
    }
}
