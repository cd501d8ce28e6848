package org.spectralsignatures.spark.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.spectralsignatures.removal.Conclusion;
import org.spectralsignatures.removal.CutOff;
import org.spectralsignatures.removal.Verdict;

/**
 * The statistics and the verdict of each class: the columns of the Spectral Signature Scorer's second table, by the library's rules.
 *
 * @param rows of {@link #SCHEMA}, in the order of the classes
 * @param conclusion what they come to
 */
public record ClassTable(List<Row> rows, Conclusion conclusion) {

    /** The columns. */
    public static final StructType SCHEMA = new StructType().add("Label", DataTypes.StringType, false).add("Rows", DataTypes.LongType, false)
        .add("Norm of mean", DataTypes.DoubleType).add("Singular value 1", DataTypes.DoubleType).add("Singular value 2", DataTypes.DoubleType)
        .add("Singular value 3", DataTypes.DoubleType).add("Explained variance", DataTypes.DoubleType).add("Mean score", DataTypes.DoubleType)
        .add("Minimum score", DataTypes.DoubleType).add("Maximum score", DataTypes.DoubleType).add("Iterations", DataTypes.IntegerType)
        .add("Angle bound", DataTypes.DoubleType).add("Tail test", DataTypes.DoubleType).add("p-value", DataTypes.DoubleType)
        .add("Cut-off score", DataTypes.DoubleType).add("Rows above cut-off", DataTypes.IntegerType).add("Verdict", DataTypes.StringType)
        .add("Suspicion rank", DataTypes.IntegerType);

    private static final CutOff NONE = CutOff.of(new double[0]);

    /** As the library says it of scores. */
    private static final String TOO_MUCH = "more than a third of the class stands apart: too much poison for this test";

    /**
     * @param names of the classes
     * @param directions one of each class, whatever their order, without their vectors
     * @param scores of those that have rows
     * @param level the probability that any class is called poisoned where all are clean
     * @return the table
     */
    static ClassTable of(final List<String> names, final List<Direction> directions, final Map<Integer, ClassScores> scores, final double level) {
        final int tested = scores.size();
        final var cutOffs = IntStream.range(0, names.size()).mapToObj(c -> scores.containsKey(c) ? scores.get(c).cutOff() : NONE).toList();
        final Comparator<Integer> order = Comparator.<Integer, Boolean>comparing(c -> !cutOffs.get(c).significant(level, tested))
            .thenComparing(c -> cutOffs.get(c).pValue())
            .thenComparing(c -> Double.isNaN(cutOffs.get(c).statistic()) ? 0 : -cutOffs.get(c).statistic());
        final List<Integer> ranking = IntStream.range(0, names.size()).boxed().sorted(order).toList();
        final var ranks = new int[names.size()];
        for (int r = 0; r < ranks.length; r++) {
            ranks[ranking.get(r)] = r + 1;
        }
        final List<Row> rows = new ArrayList<>();
        final Map<Integer, Conclusion.Judged> judged = new TreeMap<>(); // the most suspicious first
        for (Direction d : directions.stream().sorted(Comparator.comparingInt(Direction::label)).toList()) {
            final CutOff cutOff = cutOffs.get(d.label());
            final Verdict verdict = verdict(d.rows(), cutOff, level, tested);
            rows.add(row(names.get(d.label()), d, scores.get(d.label()), cutOff, verdict, ranks[d.label()]));
            if (d.rows() > 0) {
                judged.put(ranks[d.label()], new Conclusion.Judged(names.get(d.label()), verdict));
            }
        }
        return new ClassTable(rows, Conclusion.of(List.copyOf(judged.values())));
    }

    static Verdict verdict(final long rows, final CutOff cutOff, final double level, final int classes) {
        if (cutOff.significant(level, classes)) {
            return Verdict.poisoned(cutOff.above(), cutOff.pValue(), null);
        }
        final Verdict verdict = Verdict.of((int)Math.min(Integer.MAX_VALUE, rows), cutOff.statistic(), false);
        return verdict.finding() != Verdict.Finding.CANNOT_TELL && cutOff.pValue() * classes <= level ? Verdict.cannotTell(TOO_MUCH) : verdict;
    }

    private static Row row(final String name, final Direction d, final ClassScores scores, final CutOff cutOff, final Verdict verdict, final int rank) {
        final double[] values = Arrays.copyOf(d.values(), 3);
        return RowFactory.create(name, d.rows(), d.rows() == 0 ? null : d.mean()[0], values[0], values[1], values[2],
            d.squaredNorm() > 0 ? values[0] * values[0] / d.squaredNorm() : null, scores == null ? null : scores.mean(),
            scores == null ? null : scores.least(), scores == null ? null : scores.largest(), d.passes(), d.angle(), number(cutOff.statistic()),
            cutOff.pValue(), number(cutOff.score()), cutOff.above(), verdict.text(), rank);
    }

    private static Double number(final double value) {
        return Double.isNaN(value) ? null : value;
    }
}
