package org.spectralsignatures.removal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.spectralsignatures.scoring.RowsByClass;

/**
 * How suspicious a class is, by its scores alone.
 *
 * @param cutOff the cut-off that its scores show
 * @param poisoned whether it is called poisoned
 * @param rank 1 for the most suspicious class
 */
public record Suspicion(CutOff cutOff, boolean poisoned, int rank) {

    /**
     * Ranks the classes: those that are called poisoned first, by p-value, and of equal ones by the statistic of the tail
     * test.
     *
     * @param labels {@code [n]}, indices of classes
     * @param classes number of classes
     * @param scores {@code [n]}
     * @param level the probability that any class is called poisoned where all are clean
     * @return one for each class
     */
    public static List<Suspicion> of(final int[] labels, final int classes, final double[] scores, final double level) {
        final int[][] rows = RowsByClass.of(labels, classes);
        final int tested = (int)Arrays.stream(rows).filter(r -> r.length > 0).count();
        final List<CutOff> cutOffs = Arrays.stream(rows)
            .map(r -> CutOff.of(Arrays.stream(r).mapToDouble(i -> scores[i]).sorted().toArray())).toList();
        final Comparator<Integer> order = Comparator.<Integer, Boolean>comparing(c -> !cutOffs.get(c).significant(level, tested))
            .thenComparing(c -> cutOffs.get(c).pValue())
            .thenComparing(c -> Double.isNaN(cutOffs.get(c).statistic()) ? 0 : -cutOffs.get(c).statistic());
        final List<Integer> ranking = IntStream.range(0, classes).boxed().sorted(order).toList();
        return IntStream.range(0, classes)
            .mapToObj(c -> new Suspicion(cutOffs.get(c), cutOffs.get(c).significant(level, tested), ranking.indexOf(c) + 1)).toList();
    }
}
