package org.spectralsignatures.removal;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

import org.spectralsignatures.scoring.RowsByClass;

/**
 * What a class lost by a removal.
 *
 * @param rows number of its rows before
 * @param removed number of those that were removed
 * @param lowestRemoved the lowest score among these; NaN if there are none
 * @param highestKept the highest score among the others; NaN if there are none
 * @param poisoned number of its rows that are known as poisoned
 * @param poisonRemoved number of those that were removed
 */
public record ClassRemoval(int rows, int removed, double lowestRemoved, double highestKept, int poisoned, int poisonRemoved) {

    /**
     * @param labels {@code [n]}, indices of classes
     * @param classes number of classes
     * @param scores {@code [n]}
     * @param removed whether a row was removed, by its index
     * @param poisoned whether a row is known as poisoned, by its index
     * @return one for each class
     */
    public static List<ClassRemoval> of(final int[] labels, final int classes, final double[] scores, final IntPredicate removed, final IntPredicate poisoned) {
        return Arrays.stream(RowsByClass.of(labels, classes)).map(rows -> {
            final int[] gone = Arrays.stream(rows).filter(removed).toArray();
            final int[] kept = Arrays.stream(rows).filter(removed.negate()).toArray();
            return new ClassRemoval(rows.length, gone.length, Arrays.stream(gone).mapToDouble(i -> scores[i]).min().orElse(Double.NaN),
                Arrays.stream(kept).mapToDouble(i -> scores[i]).max().orElse(Double.NaN), count(rows, poisoned), count(gone, poisoned));
        }).toList();
    }

    private static int count(final int[] rows, final IntPredicate which) {
        return (int)Arrays.stream(rows).filter(which).count();
    }

    /** @return number of rows that were kept */
    public int kept() {
        return rows - removed;
    }
}
