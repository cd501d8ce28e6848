package org.spectralsignatures.nodes.scorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.evaluation.Histogram;
import org.spectralsignatures.nodes.table.Scores;
import org.spectralsignatures.nodes.table.TableRows;
import org.spectralsignatures.nodes.view.Request;
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
     * @param offline what the view asks for next
     */
    public record Overview(long rows, Test test, boolean flagged, boolean roots, List<ClassRow> classes, Bars first, List<Request> offline) {
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

    /**
     * A part of a list.
     *
     * @param offset number of images before it
     * @param total length of the list
     * @param images the part
     */
    public record Images(int offset, int total, List<Image> images) {
    }

    private final BufferedDataTable m_scores;

    private final List<String> m_names = new ArrayList<>();

    private final List<ClassRow> m_classes;

    private final int[] m_labels;

    private final double[] m_values;

    private final int[] m_ranks;

    private final BitSet m_poisoned;

    private final Test m_test;

    ScoreExplorer(final BufferedDataTable[] tables) {
        m_scores = tables[0];
        final int n = Math.toIntExact(m_scores.size());
        m_labels = new int[n];
        m_values = new double[n];
        m_ranks = new int[n];
        m_poisoned = tables.length < 3 ? null : poisoned(tables[2]);
        try (var rows = tables[1].iterator()) {
            while (rows.hasNext()) {
                m_names.add(rows.next().getKey().getString());
            }
        }
        read();
        m_classes = classes(tables[1]);
        m_test = tables[1].getDataTableSpec().containsName("J*") ? Test.CLASSES
            : m_scores.getDataTableSpec().containsName(Scores.VERDICT) ? Test.TAILS : Test.TAIL;
    }

    private static BitSet poisoned(final BufferedDataTable table) {
        final var poisoned = new BitSet();
        try (var rows = table.iterator()) {
            while (rows.hasNext()) {
                poisoned.set(((IntValue)rows.next().getCell(0)).getIntValue());
            }
        }
        return poisoned;
    }

    private void read() {
        final Map<String, Integer> indices = new HashMap<>();
        m_names.forEach(name -> indices.put(name, indices.size()));
        try (var rows = m_scores.iterator()) {
            for (int i = 0; rows.hasNext(); i++) {
                final DataRow row = rows.next();
                m_labels[i] = indices.get(((StringValue)row.getCell(0)).getStringValue());
                m_values[i] = ((DoubleValue)row.getCell(1)).getDoubleValue();
                m_ranks[i] = ((IntValue)row.getCell(2)).getIntValue();
            }
        }
    }

    private List<ClassRow> classes(final BufferedDataTable statistics) {
        final var spec = statistics.getDataTableSpec();
        final var classes = new ArrayList<ClassRow>();
        try (var rows = statistics.iterator()) {
            while (rows.hasNext()) {
                final DataRow row = rows.next();
                final String label = row.getKey().getString();
                final int c = m_names.indexOf(label);
                final Integer poisoned = m_poisoned == null ? null : (int)m_poisoned.stream().filter(i -> m_labels[i] == c).count();
                final int size = ((IntValue)row.getCell(spec.findColumnIndex("Rows"))).getIntValue();
                classes.add(new ClassRow(label, size, poisoned,
                    number(row, spec.findColumnIndex("Norm of mean")),
                    IntStream.rangeClosed(1, 3).mapToObj(k -> number(row, spec.findColumnIndex("Singular value " + k))).toList(),
                    number(row, spec.findColumnIndex("Explained variance")), number(row, spec.findColumnIndex("p-value")),
                    number(row, spec.findColumnIndex("Cut-off score")),
                    ((IntValue)row.getCell(spec.findColumnIndex("Rows above cut-off"))).getIntValue(), text(row, spec, "Evidence"), verdict(row, spec),
                    ((IntValue)row.getCell(spec.findColumnIndex("Suspicion rank"))).getIntValue()));
            }
        }
        classes.sort(Comparator.comparingInt(ClassRow::rank));
        return classes;
    }

    /** Statistics that were saved before there were verdicts in words have a column of truth values. */
    private static Verdict verdict(final DataRow row, final DataTableSpec spec) {
        if (spec.containsName("Verdict")) {
            return Verdict.read(text(row, spec, "Verdict"));
        }
        final Double statistic = number(row, spec.findColumnIndex("Tail test"));
        final boolean called = ((BooleanValue)row.getCell(spec.findColumnIndex("Poisoned"))).getBooleanValue();
        return Verdict.of(((IntValue)row.getCell(spec.findColumnIndex("Rows"))).getIntValue(), statistic == null ? Double.NaN : statistic, called);
    }

    private static String text(final DataRow row, final DataTableSpec spec, final String column) {
        return spec.containsName(column) ? ((StringValue)row.getCell(spec.findColumnIndex(column))).getStringValue() : null;
    }

    private static Double number(final DataRow row, final int column) {
        final DataCell cell = row.getCell(column);
        return cell.isMissing() ? null : number(((DoubleValue)cell).getDoubleValue());
    }

    /** JSON has no NaN. */
    private static Double number(final double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** @return what the view shows at first */
    public Overview overview() {
        final boolean roots = Arrays.stream(m_values).allMatch(v -> v >= 0) && longTail();
        return new Overview(m_values.length, m_test, m_poisoned != null, roots, m_classes,
            m_classes.isEmpty() ? null : histogram(m_classes.get(0).label(), roots),
            m_classes.stream().limit(OFFLINE_CLASSES).flatMap(c -> Stream.of(Request.of("histogram", c.label(), roots),
                Request.of("images", c.label(), roots, -Double.MAX_VALUE, Double.MAX_VALUE, 0))).toList());
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
        final double[] values = Arrays.stream(rows).mapToDouble(i -> roots ? Math.sqrt(m_values[i]) : m_values[i]).toArray();
        final double[] edges = Histogram.edges(values, BINS);
        return new Bars(label, edges, count(edges, rows, values, false), count(edges, rows, values, true));
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
     * @param roots whether the bounds are roots of scores
     * @param from lowest score
     * @param to highest score
     * @param offset how many to leave out
     * @return the images within these bounds, the most suspicious first, at most a hundred
     */
    public Images images(final String label, final boolean roots, final double from, final double to, final int offset) {
        final int[] found = Arrays.stream(rows(label)).filter(i -> {
            final double value = roots ? Math.sqrt(m_values[i]) : m_values[i];
            return value >= from && value <= to;
        }).boxed().sorted(Comparator.comparingInt(i -> m_ranks[i])).mapToInt(Integer::intValue).toArray();
        final int[] shown = Arrays.stream(found).skip(offset).limit(ROWS).toArray();
        final Map<Integer, DataRow> rows = TableRows.at(m_scores, shown);
        return new Images(offset, found.length, Arrays.stream(shown)
            .mapToObj(i -> new Image(rows.get(i).getKey().getString(), number(m_values[i]), m_ranks[i], m_poisoned == null ? null : m_poisoned.get(i))).toList());
    }
}
