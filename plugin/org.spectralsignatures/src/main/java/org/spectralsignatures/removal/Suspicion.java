package org.spectralsignatures.removal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.scoring.RowsByClass;
import org.spectralsignatures.scoring.ScanScorer;

/**
 * How suspicious a class is, by its scores alone.
 *
 * @param cutOff the cut-off that its scores show; where several methods were asked that of the one whose p-value is smallest, with the
 *            p-value times the number of tests
 * @param method the method that it comes from
 * @param apart the rows beyond the cut-off
 * @param verdict what follows
 * @param rank 1 for the most suspicious class
 */
public record Suspicion(CutOff cutOff, String method, int[] apart, Verdict verdict, int rank) { // NOSONAR never compared

    /** Why nothing can be said of a class whose upper third already is a heap of its own. */
    static final String TOO_MUCH = "more than a third of the class stands apart: too much poison for this test";

    private static final String TOO_FEW_CLASSES = "SCAn compares classes with each other, and there must be at least %d that differ and have %d images each"
        .formatted(ScanScorer.FEWEST_CLASSES, ScanScorer.FEWEST);

    /** What one test of a class says, and why nothing where it could not be made; null for what holds of scores. */
    private record Tested(CutOff cutOff, String method, int[] apart, String reason) {

        /** The same as one of several. */
        Tested of(final int tests) {
            return new Tested(new CutOff(cutOff.statistic(), Math.min(1, tests * cutOff.pValue()), cutOff.score(), cutOff.above()), method, apart, reason);
        }
    }

    /** @return whether the class is called poisoned */
    public boolean poisoned() {
        return verdict.finding() == Verdict.Finding.POISONED;
    }

    /**
     * By the scores of one method.
     *
     * @param labels {@code [n]}, indices of classes
     * @param classes number of classes
     * @param scores {@code [n]}
     * @param level the probability that any class is called poisoned where all are clean
     * @return one for each class
     */
    public static List<Suspicion> of(final int[] labels, final int classes, final double[] scores, final double level) {
        return of(labels, classes, List.of(new Evidence(null, false, scores)), level, null);
    }

    /**
     * Asks several methods about each class. The smallest p-value of their tail tests, times the number of tests, is the p-value of the
     * class (Bonferroni), so that asking more methods does not call more clean classes poisoned.
     *
     * @param labels {@code [n]}, indices of classes
     * @param classes number of classes
     * @param evidence the scores of each method, at least one
     * @param level the probability that any class is called poisoned where all are clean
     * @param training how the training of the network went that the scores come from; null if unknown
     * @return one for each class
     */
    public static List<Suspicion> of(final int[] labels, final int classes, final List<Evidence> evidence, final double level,
        final TrainingFacts training) {
        final int[][] rows = RowsByClass.of(labels, classes);
        final int tested = tested(rows);
        final int tests = evidence.stream().mapToInt(Evidence::tests).sum();
        final List<Tested> found = Arrays.stream(rows).map(r -> evidence.stream().flatMap(e -> test(e, r)).map(t -> t.of(tests))
            .min(Comparator.<Tested, Boolean>comparing(t -> !t.cutOff.significant(level, tested)).thenComparing(t -> t.cutOff.pValue())
                .thenComparing(t -> -statistic(t.cutOff))).orElseThrow()).toList();
        return ranked(rows, found, level, training);
    }

    private static int tested(final int[][] rows) {
        return (int)Arrays.stream(rows).filter(r -> r.length > 0).count();
    }

    private static double statistic(final CutOff cutOff) {
        return Double.isNaN(cutOff.statistic()) ? Double.NEGATIVE_INFINITY : cutOff.statistic();
    }

    private static Stream<Tested> test(final Evidence evidence, final int[] rows) {
        final Tested high = test(evidence, rows, 1);
        return evidence.twoEnded() ? Stream.of(high, test(evidence, rows, -1)) : Stream.of(high);
    }

    /** @param sign -1 for the lowest scores */
    private static Tested test(final Evidence evidence, final int[] rows, final int sign) {
        final double[] scores = evidence.scores();
        final CutOff cutOff = CutOff.of(Arrays.stream(rows).mapToDouble(i -> sign * scores[i]).sorted().toArray());
        final int[] apart = Arrays.stream(rows).boxed().sorted(Comparator.comparingDouble(i -> -sign * scores[i])).limit(cutOff.above())
            .mapToInt(Integer::intValue).sorted().toArray();
        return new Tested(new CutOff(cutOff.statistic(), cutOff.pValue(), sign * cutOff.score(), cutOff.above()), evidence.method(), apart, null);
    }

    /**
     * By SCAn, which compares whole classes: those images are apart that more likely belong to the smaller subgroup, up to half of a class.
     *
     * @param labels {@code [n]}, indices of classes
     * @param scan what SCAn found
     * @param level the probability that any class is called poisoned where all are clean
     * @param training how the training of the network went that the scores come from; null if unknown
     * @return one for each class
     */
    public static List<Suspicion> of(final int[] labels, final ScanScorer.Scan scan, final double level, final TrainingFacts training) {
        final int[][] rows = RowsByClass.of(labels, scan.statistics().length);
        return ranked(rows, IntStream.range(0, rows.length).mapToObj(c -> {
            final int[] apart = Arrays.stream(rows[c]).filter(i -> scan.result().scores()[i] > 0).toArray();
            return new Tested(new CutOff(scan.statistics()[c], scan.pValues()[c], apart.length == 0 ? Double.NaN : 0, apart.length), "SCAn", apart, TOO_FEW_CLASSES);
        }).toList(), level, training);
    }

    /** Those that are called poisoned first, by p-value, and of equal ones by the statistic. */
    private static List<Suspicion> ranked(final int[][] rows, final List<Tested> found, final double level, final TrainingFacts training) {
        final int tested = tested(rows);
        final Comparator<Integer> order = Comparator.<Integer, Boolean>comparing(c -> !found.get(c).cutOff.significant(level, tested))
            .thenComparing(c -> found.get(c).cutOff.pValue())
            .thenComparing(c -> Double.isNaN(found.get(c).cutOff.statistic()) ? 0 : -found.get(c).cutOff.statistic());
        final List<Integer> ranking = IntStream.range(0, rows.length).boxed().sorted(order).toList();
        return IntStream.range(0, rows.length).mapToObj(c -> {
            final Tested t = found.get(c);
            return new Suspicion(t.cutOff, t.method, t.apart, verdict(rows[c].length, t, level, tested, training), ranking.indexOf(c) + 1);
        }).toList();
    }

    private static Verdict verdict(final int rows, final Tested test, final double level, final int classes, final TrainingFacts training) {
        final CutOff cutOff = test.cutOff;
        if (cutOff.significant(level, classes)) {
            return Verdict.poisoned(cutOff.above(), cutOff.pValue(), null);
        }
        if (test.reason != null && rows >= CutOff.FEWEST && Double.isNaN(cutOff.statistic())) {
            return Verdict.cannotTell(test.reason);
        }
        final Verdict verdict = Verdict.of(rows, cutOff.statistic(), false);
        if (verdict.finding() == Verdict.Finding.CANNOT_TELL) {
            return verdict;
        }
        if (cutOff.pValue() * classes <= level) {
            return Verdict.cannotTell(TOO_MUCH);
        }
        return verdict.doubting(training == null ? null : training.doubt());
    }
}
