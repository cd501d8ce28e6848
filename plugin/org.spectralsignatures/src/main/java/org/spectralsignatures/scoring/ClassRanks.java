package org.spectralsignatures.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The place of each row in its class: 1 for the highest score, equal scores by row key. */
public final class ClassRanks {

    private ClassRanks() {
    }

    /**
     * @param labels {@code [n]}, indices of classes
     * @param classes number of classes
     * @param scores {@code [n]}
     * @param keys {@code [n]}, distinct
     * @return {@code [n]}
     */
    public static int[] of(final int[] labels, final int classes, final double[] scores, final List<String> keys) {
        final var ranks = new int[labels.length];
        for (int[] rows : RowsByClass.of(labels, classes)) {
            rank(rows, scores, keys, ranks);
        }
        return ranks;
    }

    static void rank(final int[] rows, final double[] scores, final List<String> keys, final int[] ranks) {
        final var order = new ArrayList<Integer>(rows.length);
        for (int row : rows) {
            order.add(row);
        }
        order.sort(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(keys::get));
        for (int r = 0; r < order.size(); r++) {
            ranks[order.get(r)] = r + 1;
        }
    }
}
