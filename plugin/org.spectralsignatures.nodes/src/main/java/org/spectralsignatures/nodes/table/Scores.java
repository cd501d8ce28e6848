package org.spectralsignatures.nodes.table;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataValue;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.removal.Verdict;

/** The table that a Spectral Signature Scorer makes, by row key. */
public final class Scores {

    /** Name of the column of labels. */
    public static final String LABEL = "Label";

    /** Name of the column of scores. */
    public static final String SCORE = "Score";

    /** Name of the column that says which images are taken for poison, where that does not follow from the scores alone. */
    public static final String APART = "Stands apart";

    /** Name of the column of the verdict of an image's class, where it does not follow from the scores alone. */
    public static final String VERDICT = "Verdict";

    /** Property of the column of scores: why it says nothing of the network if nothing is found. */
    public static final String DOUBT = "spectralsignatures.doubt";

    /**
     * What was found of an image.
     *
     * @param label its class
     * @param score its outlier score
     * @param apart whether it is taken for poison; false where the table does not say
     * @param verdict that of its class; null where the table does not say
     */
    public record Scored(String label, double score, boolean apart, Verdict verdict) {
    }

    private final Map<String, Scored> m_byKey = new HashMap<>();

    private final String m_doubt;

    private final boolean m_judged;

    private Scores(final DataTableSpec spec) {
        m_doubt = spec.getColumnSpec(SCORE).getProperties().getProperty(DOUBT);
        m_judged = isOf(spec, APART, BooleanValue.class) && isOf(spec, VERDICT, StringValue.class);
    }

    private static boolean isOf(final DataTableSpec spec, final String column, final Class<? extends DataValue> type) {
        return spec.containsName(column) && spec.getColumnSpec(column).getType().isCompatible(type);
    }

    /** @return why it says nothing if nothing is found; null if nothing speaks for that */
    public String doubt() {
        return m_doubt;
    }

    /** @return whether the table says which images are taken for poison and what the verdicts are */
    public boolean judged() {
        return m_judged;
    }

    /**
     * @param spec columns of a table
     * @throws InvalidSettingsException if they are not those of scores
     */
    public static void check(final DataTableSpec spec) throws InvalidSettingsException {
        if (!isOf(spec, SCORE, DoubleValue.class) || !isOf(spec, LABEL, StringValue.class)) {
            throw new InvalidSettingsException("The table of scores has no columns 'Label' (string) and 'Score' (number):"
                + " connect the scores of a Spectral Signature Scorer.");
        }
    }

    /**
     * @param table of scores
     * @param monitor asked for each row
     * @return its content
     * @throws IOException if a label, score or verdict is missing or a score is no finite number; the message names the row
     * @throws TaskCancelledException if the monitor said so
     */
    public static Scores read(final BufferedDataTable table, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final int label = table.getDataTableSpec().findColumnIndex(LABEL);
        final int score = table.getDataTableSpec().findColumnIndex(SCORE);
        final int apart = table.getDataTableSpec().findColumnIndex(APART);
        final int verdict = table.getDataTableSpec().findColumnIndex(VERDICT);
        final var scores = new Scores(table.getDataTableSpec());
        final Map<String, Verdict> verdicts = new HashMap<>();
        try (var rows = table.iterator()) {
            while (rows.hasNext()) {
                monitor.checkCancelled();
                final DataRow row = rows.next();
                if (row.getCell(label).isMissing() || row.getCell(score).isMissing()) {
                    throw new IOException("Row '%s' of the scores has no label or no score.".formatted(row.getKey().getString()));
                }
                final double value = ((DoubleValue)row.getCell(score)).getDoubleValue();
                if (!Double.isFinite(value)) {
                    throw new IOException("Row '%s' of the scores has the score %s, which ranks nowhere: remove the row, or score again."
                        .formatted(row.getKey().getString(), value));
                }
                final String name = ((StringValue)row.getCell(label)).getStringValue();
                scores.m_byKey.put(row.getKey().getString(), scores.m_judged
                    ? new Scored(name, value, isTrue(row, apart), verdicts.computeIfAbsent(verdict(row, verdict), Verdict::read))
                    : new Scored(name, value, false, null));
            }
        }
        return scores;
    }

    private static boolean isTrue(final DataRow row, final int column) {
        return !row.getCell(column).isMissing() && ((BooleanValue)row.getCell(column)).getBooleanValue();
    }

    private static String verdict(final DataRow row, final int column) throws IOException {
        final String text = row.getCell(column).isMissing() ? "" : ((StringValue)row.getCell(column)).getStringValue();
        if (Arrays.stream(Verdict.Finding.values()).noneMatch(f -> text.startsWith(f.text()))) {
            throw new IOException("Row '%s' of the scores has the verdict '%s', which is none: score again.".formatted(row.getKey().getString(), text));
        }
        return text;
    }

    /**
     * @param row an image
     * @return what was found of it
     * @throws IOException if it was not scored; the message names the row
     */
    public Scored of(final DataRow row) throws IOException {
        final String key = row.getKey().getString();
        final Scored scored = m_byKey.get(key);
        if (scored == null) {
            throw new IOException("Row '%s' of the images has no score: score the same table.".formatted(key));
        }
        return scored;
    }
}
