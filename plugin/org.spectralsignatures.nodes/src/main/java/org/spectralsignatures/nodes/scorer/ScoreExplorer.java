package org.spectralsignatures.nodes.scorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.evaluation.Histogram;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.Scores;
import org.spectralsignatures.nodes.table.TableReader;
import org.spectralsignatures.nodes.table.TableRows;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.view.Page;
import org.spectralsignatures.nodes.view.Request;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.removal.Verdict;

/**
 * Answers the view of the scorer from the tables that the node made: scores, class statistics, and, where the images carried a flag, the
 * poisoned rows. Of the scores only numbers are held, 16 bytes an image.
 */
public final class ScoreExplorer {

    private static final int BINS = 50;

    private static final int ROWS = 100;

    private static final int OFFLINE_CLASSES = 12;

    /**
     * A class in the ranking.
     *
     * @param label its name
     * @param rows number of its images
     * @param poisoned number of its poisoned images; null if unknown
     * @param meanNorm norm of the mean of its representations
     * @param singularValues the three largest, null where there are fewer
     * @param explained share of the variance in the first direction
     * @param p p-value of the evidence
     * @param cutOff score above which the tail stands apart; null if it does not, or if it is that of one of several methods
     * @param above number of images above it
     * @param evidence the method that the evidence comes from
     * @param verdict what was found
     * @param rank 1 for the most suspicious
     */
    public record ClassRow(String label, int rows, Integer poisoned, Double meanNorm, List<Double> singularValues, Double explained, Double p,
        Double cutOff, int above, String evidence, Verdict verdict, int rank) {
    }

    /** What the verdicts rest on. */
    public enum Test {
        /** The tail of the scores. */
        TAIL,

        /** The tails of the scores of several methods. */
        TAILS,

        /** The comparison of the classes. */
        CLASSES
    }

    /**
     * What the view shows at first.
     *
     * @param rows number of all images
     * @param test what the verdicts rest on
     * @param flagged whether it is known which are poisoned
     * @param roots whether roots of the scores are shown, since their tail is long
     * @param classes the most suspicious first
     * @param first the histogram of the most suspicious class; null if there is no class
     * @param engine what computed the scores, in words; null where an earlier version did not say
     * @param offline what the view asks for next
     */
    public record Overview(long rows, Test test, boolean flagged, boolean roots, List<ClassRow> classes, Bars first, String engine, List<Request> offline) {
    }

    /**
     * The scores of a class.
     *
     * @param label the class
     * @param edges of the bars, one more than bars, in scores or their roots
     * @param clean images a bar; all of them where it is not known which are poisoned
     * @param poisoned images a bar
     */
    public record Bars(String label, double[] edges, int[] clean, int[] poisoned) { // NOSONAR never compared
    }

    /**
     * An image.
     *
     * @param key its row key
     * @param score its score; null if it is no number
     * @param rank its rank in the class
     * @param poisoned whether it is poisoned; null if unknown
     */
    public record Image(String key, Double score, int rank, Boolean poisoned) {
    }

    static final Column<Integer> ROW = Column.integer("Row");

    /** A row for each poisoned one. */
    static final TableSchema POISONED = TableSchema.of(ROW);

    /** Once there were no verdicts in words, but whether a class was called poisoned. */
    private static final Column<Boolean> CALLED = Column.flag("Poisoned");

    /**
     * What the node keeps for its view.
     *
     * @param scores a row an image
     * @param statistics a row a class, see {@link StatisticsTable}
     * @param poisoned a row for each poisoned one; null if it is not known which are
     * @param facts what computed them; null where an earlier version did not say
     */
    record Kept(BufferedDataTable scores, BufferedDataTable statistics, BufferedDataTable poisoned, BufferedDataTable facts) {

        /** Behind the first two there may be either of the others, or both. */
        static Kept of(final BufferedDataTable[] tables) {
            final List<BufferedDataTable> more = Arrays.asList(tables).subList(2, tables.length);
            return new Kept(tables[0], tables[1], more.stream().filter(t -> ROW.isIn(t.getDataTableSpec())).findFirst().orElse(null),
                more.stream().filter(t -> !ROW.isIn(t.getDataTableSpec())).findFirst().orElse(null));
        }

        BufferedDataTable[] tables() {
            return Stream.of(scores, statistics, poisoned, facts).filter(Objects::nonNull).toArray(BufferedDataTable[]::new);
        }
    }

    private final BufferedDataTable m_scores;

    private final List<String> m_names = new ArrayList<>();

    private final List<ClassRow> m_classes;

    private final int[] m_labels;

    private final double[] m_values;

    private final int[] m_ranks;

    private final BitSet m_poisoned;

    private final Test m_test;

    private final String m_engine;

    ScoreExplorer(final Kept kept) {
        m_scores = kept.scores;
        m_engine = ViewFacts.engine(kept.facts);
        final int n = Math.toIntExact(m_scores.size());
        m_labels = new int[n];
        m_values = new double[n];
        m_ranks = new int[n];
        m_poisoned = kept.poisoned == null ? null : poisoned(kept.poisoned);
        m_names.addAll(TableReader.of(kept.statistics).list(TableReader.Row::key));
        read();
        m_classes = classes(kept.statistics);
        m_test = StatisticsTable.J_STAR.isIn(kept.statistics.getDataTableSpec()) ? Test.CLASSES
            : Scores.VERDICT.isIn(m_scores.getDataTableSpec()) ? Test.TAILS : Test.TAIL;
    }

    private static BitSet poisoned(final BufferedDataTable table) {
        final var poisoned = new BitSet();
        POISONED.reader(table).forEach((row, i) -> poisoned.set(row.get(ROW)));
        return poisoned;
    }

    private void read() {
        final Map<String, Integer> indices = new HashMap<>();
        m_names.forEach(name -> indices.put(name, indices.size()));
        TableReader.of(m_scores, Scores.LABEL, Scores.SCORE, Scores.RANK).forEach((row, i) -> {
            m_labels[i] = indices.get(row.get(Scores.LABEL));
            m_values[i] = row.get(Scores.SCORE);
            m_ranks[i] = row.get(Scores.RANK);
        });
    }

    /** Statistics that were saved before there were several methods do not say where their evidence comes from. */
    private List<ClassRow> classes(final BufferedDataTable statistics) {
        final DataTableSpec spec = statistics.getDataTableSpec();
        final boolean evident = StatisticsTable.EVIDENCE.isIn(spec);
        final var columns = new ArrayList<Column<?>>(List.of(StatisticsTable.ROWS, StatisticsTable.MEAN_NORM, StatisticsTable.EXPLAINED, StatisticsTable.P_VALUE,
            StatisticsTable.CUT_OFF, StatisticsTable.ABOVE, StatisticsTable.RANK));
        columns.addAll(StatisticsTable.SINGULAR_VALUES);
        columns.addAll(StatisticsTable.VERDICT.isIn(spec) ? List.of(StatisticsTable.VERDICT) : List.of(StatisticsTable.TAIL_TEST, CALLED));
        columns.addAll(evident ? List.of(StatisticsTable.EVIDENCE) : List.of());
        return TableReader.of(statistics, columns.toArray(Column[]::new))
            .list(row -> classRow(row, evident ? row.find(StatisticsTable.EVIDENCE) : null, verdict(row, columns))).stream()
            .sorted(Comparator.comparingInt(ClassRow::rank)).toList();
    }

    private ClassRow classRow(final TableReader.Row row, final String evidence, final Verdict verdict) {
        final int c = m_names.indexOf(row.key());
        return new ClassRow(row.key(), row.get(StatisticsTable.ROWS), m_poisoned == null ? null : (int)m_poisoned.stream().filter(i -> m_labels[i] == c).count(),
            number(row.find(StatisticsTable.MEAN_NORM)), StatisticsTable.SINGULAR_VALUES.stream().map(row::find).map(ScoreExplorer::number).toList(),
            number(row.find(StatisticsTable.EXPLAINED)), number(row.find(StatisticsTable.P_VALUE)), number(row.find(StatisticsTable.CUT_OFF)),
            row.get(StatisticsTable.ABOVE), evidence, verdict, row.get(StatisticsTable.RANK));
    }

    /** Statistics that were saved before there were verdicts in words have a column of truth values. */
    private static Verdict verdict(final TableReader.Row row, final List<Column<?>> columns) {
        if (columns.contains(StatisticsTable.VERDICT)) {
            return Verdict.read(row.get(StatisticsTable.VERDICT));
        }
        return Verdict.of(row.get(StatisticsTable.ROWS), Objects.requireNonNullElse(number(row.find(StatisticsTable.TAIL_TEST)), Double.NaN), row.get(CALLED));
    }

    /** JSON has no NaN. */
    private static Double number(final Double value) {
        return value != null && Double.isFinite(value) ? value : null;
    }

    /** @return what the view shows at first */
    public Overview overview() {
        final boolean roots = Arrays.stream(m_values).allMatch(v -> v >= 0) && longTail();
        return new Overview(m_values.length, m_test, m_poisoned != null, roots, m_classes,
            m_classes.isEmpty() ? null : histogram(m_classes.get(0).label(), roots), m_engine,
            m_classes.stream().limit(OFFLINE_CLASSES).flatMap(c -> Stream.of(Request.of("histogram", c.label(), roots),
                Request.of("images", c.label(), roots, Page.ALL, 0))).toList());
    }

    /** Whether the largest score is more than ten times their mean, so that a linear axis would hide most of them in one bar. */
    private boolean longTail() {
        return Arrays.stream(m_values).max().orElse(0) > 10 * Arrays.stream(m_values).average().orElse(0);
    }

    /**
     * @param label a class
     * @param roots whether to take roots of the scores
     * @return its histogram
     */
    public Bars histogram(final String label, final boolean roots) {
        final int[] rows = rows(label);
        final double[] values = values(rows, roots);
        final double[] edges = Histogram.edges(values, BINS);
        return new Bars(label, edges, count(edges, rows, values, false), count(edges, rows, values, true));
    }

    private double[] values(final int[] rows, final boolean roots) {
        return Arrays.stream(rows).mapToDouble(i -> roots ? Math.sqrt(m_values[i]) : m_values[i]).toArray();
    }

    private int[] count(final double[] edges, final int[] rows, final double[] values, final boolean poisoned) {
        return Histogram.count(edges, IntStream.range(0, rows.length).filter(k -> isPoisoned(rows[k]) == poisoned).mapToDouble(k -> values[k]).toArray());
    }

    private boolean isPoisoned(final int row) {
        return m_poisoned != null && m_poisoned.get(row);
    }

    private int[] rows(final String label) {
        final int c = m_names.indexOf(label);
        return IntStream.range(0, m_labels.length).filter(i -> m_labels[i] == c).toArray();
    }

    /**
     * @param label a class
     * @param roots whether the histogram is that of roots of the scores
     * @param bar index of a bar of the histogram, or {@link Page#ALL}
     * @param offset how many to leave out
     * @return the images that the bar counts, the most suspicious first, at most a hundred
     */
    public Page<Image> images(final String label, final boolean roots, final int bar, final int offset) {
        final int[] found = Arrays.stream(bar == Page.ALL ? rows(label) : rowsOfBar(label, roots, bar)).boxed()
            .sorted(Comparator.comparingInt(i -> m_ranks[i])).mapToInt(Integer::intValue).toArray();
        return Page.of(found, offset, ROWS, shown -> TableRows.at(m_scores, shown), this::image);
    }

    private int[] rowsOfBar(final String label, final boolean roots, final int bar) {
        final int[] rows = rows(label);
        final double[] values = values(rows, roots);
        final double[] edges = Histogram.edges(values, BINS);
        return IntStream.range(0, rows.length).filter(k -> Histogram.bar(edges, values[k]) == bar).map(k -> rows[k]).toArray();
    }

    private Image image(final int index, final DataRow row) {
        return new Image(row.getKey().getString(), number(m_values[index]), m_ranks[index], m_poisoned == null ? null : m_poisoned.get(index));
    }
}
