package org.spectralsignatures.nodes.table;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.removal.Verdict;

/** The table that a Spectral Signature Scorer makes, by row key. */
public final class Scores {

    /** The class that was scored. */
    public static final Column<String> LABEL = Column.text("Label");

    /** The outlier score, the higher the more suspicious. */
    public static final Column<Double> SCORE = Column.number("Score");

    /** Place in the class by score, 1 for the highest. */
    public static final Column<Integer> RANK = Column.integer("Rank in class");

    /** Which images are taken for poison, where that does not follow from the scores alone. */
    public static final Column<Boolean> APART = Column.flag("Stands apart");

    /** The verdict of an image's class, where it does not follow from the scores alone. */
    public static final Column<String> VERDICT = Column.text("Verdict");

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
        m_doubt = spec.getColumnSpec(SCORE.name()).getProperties().getProperty(DOUBT);
        m_judged = APART.isIn(spec) && VERDICT.isIn(spec);
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
        if (!SCORE.isIn(spec) || !LABEL.isIn(spec)) {
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
        final var scores = new Scores(table.getDataTableSpec());
        final Map<String, Verdict> verdicts = new HashMap<>();
        final TableReader reader = scores.m_judged ? TableReader.of(table, LABEL, SCORE, APART, VERDICT) : TableReader.of(table, LABEL, SCORE);
        reader.forEach(monitor, (row, i) -> {
            final String name = row.find(LABEL);
            final double value = score(row, name);
            scores.m_byKey.put(row.key(), scores.m_judged
                ? new Scored(name, value, Boolean.TRUE.equals(row.find(APART)), verdicts.computeIfAbsent(verdict(row), Verdict::read))
                : new Scored(name, value, false, null));
        });
        return scores;
    }

    private static double score(final TableReader.Row row, final String label) throws IOException {
        final Double score = row.find(SCORE);
        if (label == null || score == null) {
            throw new IOException("Row '%s' of the scores has no label or no score.".formatted(row.key()));
        }
        if (!Double.isFinite(score)) {
            throw new IOException("Row '%s' of the scores has the score %s, which ranks nowhere: remove the row, or score again.".formatted(row.key(), score));
        }
        return score;
    }

    private static String verdict(final TableReader.Row row) throws IOException {
        final String text = Objects.requireNonNullElse(row.find(VERDICT), "");
        if (Arrays.stream(Verdict.Finding.values()).noneMatch(f -> text.startsWith(f.text()))) {
            throw new IOException("Row '%s' of the scores has the verdict '%s', which is none: score again.".formatted(row.key(), text));
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
