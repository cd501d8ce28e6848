package org.spectralsignatures.nodes.table;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** The table that a Spectral Signature Scorer makes, by row key. */
public final class Scores {

    /** Name of the column of labels. */
    public static final String LABEL = "Label";

    /** Name of the column of scores. */
    public static final String SCORE = "Score";

    /**
     * What was found of an image.
     *
     * @param label its class
     * @param score its outlier score
     */
    public record Scored(String label, double score) {
    }

    private final Map<String, Scored> m_byKey = new HashMap<>();

    private Scores() {
    }

    /**
     * @param spec columns of a table
     * @throws InvalidSettingsException if they are not those of scores
     */
    public static void check(final DataTableSpec spec) throws InvalidSettingsException {
        if (!spec.containsName(SCORE) || !spec.getColumnSpec(SCORE).getType().isCompatible(DoubleValue.class) || !spec.containsName(LABEL)
            || !spec.getColumnSpec(LABEL).getType().isCompatible(StringValue.class)) {
            throw new InvalidSettingsException("The table of scores has no columns 'Label' (string) and 'Score' (number):"
                + " connect the scores of a Spectral Signature Scorer.");
        }
    }

    /**
     * @param table of scores
     * @param monitor asked for each row
     * @return its content
     * @throws IOException if a label or score is missing or a score is no finite number; the message names the row
     * @throws TaskCancelledException if the monitor said so
     */
    public static Scores read(final BufferedDataTable table, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final int label = table.getDataTableSpec().findColumnIndex(LABEL);
        final int score = table.getDataTableSpec().findColumnIndex(SCORE);
        final var scores = new Scores();
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
                scores.m_byKey.put(row.getKey().getString(),
                    new Scored(((StringValue)row.getCell(label)).getStringValue(), value));
            }
        }
        return scores;
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
