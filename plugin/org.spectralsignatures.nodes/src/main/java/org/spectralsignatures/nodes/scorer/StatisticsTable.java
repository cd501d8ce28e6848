package org.spectralsignatures.nodes.scorer;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.scorer.SpectralSignatureScorerNodeParameters.Variant;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.removal.Suspicion;
import org.spectralsignatures.scoring.ClassStatistics;

/** The table of the scorer that has a row a class, the most suspicious first. */
final class StatisticsTable {

    static final Column<String> LABEL = Column.text("Label");

    static final Column<Integer> ROWS = Column.integer("Rows");

    static final Column<Double> MEAN_NORM = Column.measure("Norm of mean");

    /** The largest singular values, one after another. */
    static final List<Column<Double>> SINGULAR_VALUES = IntStream.rangeClosed(1, 3).mapToObj(k -> Column.measure("Singular value " + k)).toList();

    static final Column<Double> EXPLAINED = Column.measure("Explained variance");

    private static final Column<Double> MEAN_SCORE = Column.measure("Mean score");

    private static final Column<Double> MAX_SCORE = Column.measure("Maximum score");

    private static final Column<Integer> ITERATIONS = Column.integer("Iterations");

    /** The statistic that verdicts rest on, by the tails of the scores. */
    static final Column<Double> TAIL_TEST = Column.measure("Tail test");

    /** The statistic that verdicts rest on, where classes are compared. */
    static final Column<Double> J_STAR = Column.measure("J*");

    static final Column<Double> P_VALUE = Column.measure("p-value");

    static final Column<Double> CUT_OFF = Column.measure("Cut-off score");

    static final Column<Integer> ABOVE = Column.integer("Rows above cut-off");

    static final Column<String> EVIDENCE = Column.text("Evidence");

    static final Column<String> VERDICT = Column.text("Verdict");

    static final Column<Integer> RANK = Column.integer("Suspicion rank");

    private StatisticsTable() {
    }

    private static Column<Double> statistic(final Variant variant) {
        return variant == Variant.SCAN ? J_STAR : TAIL_TEST;
    }

    /** @return the columns of the table by a method */
    static TableSchema schema(final Variant variant) {
        return TableSchema.of(LABEL, ROWS, MEAN_NORM, SINGULAR_VALUES.get(0), SINGULAR_VALUES.get(1), SINGULAR_VALUES.get(2), EXPLAINED, MEAN_SCORE, MAX_SCORE,
            ITERATIONS, statistic(variant), P_VALUE, CUT_OFF, ABOVE, EVIDENCE, VERDICT, RANK);
    }

    static BufferedDataTable table(final JudgedScores judged, final Variant variant, final ExecutionContext exec) {
        final TableWriter table = schema(variant).writer(exec);
        final List<Suspicion> suspicions = judged.suspicions();
        final int[] bySuspicion = IntStream.range(0, suspicions.size()).boxed().sorted(Comparator.comparing(c -> suspicions.get(c).rank()))
            .mapToInt(Integer::intValue).toArray();
        for (int c : bySuspicion) {
            final ClassStatistics s = judged.result().statistics().get(c);
            final Suspicion suspicion = suspicions.get(c);
            // the cut-off of one of several methods is none of the ensemble's scores
            final double cutOff = variant == Variant.ENSEMBLE ? Double.NaN : suspicion.cutOff().score();
            table.add(s.label(), LABEL.of(s.label()), ROWS.of(s.rows()), MEAN_NORM.of(s.meanNorm()), SINGULAR_VALUES.get(0).of(s.singularValues().get(0)),
                SINGULAR_VALUES.get(1).of(s.singularValues().get(1)), SINGULAR_VALUES.get(2).of(s.singularValues().get(2)), EXPLAINED.of(s.explainedVariance()),
                MEAN_SCORE.of(s.meanScore()), MAX_SCORE.of(s.maxScore()), ITERATIONS.of(s.iterations()), statistic(variant).of(suspicion.cutOff().statistic()),
                P_VALUE.of(suspicion.cutOff().pValue()), CUT_OFF.of(cutOff), ABOVE.of(suspicion.cutOff().above()), EVIDENCE.of(suspicion.method()),
                VERDICT.of(suspicion.verdict().text()), RANK.of(suspicion.rank()));
        }
        return table.table();
    }
}
