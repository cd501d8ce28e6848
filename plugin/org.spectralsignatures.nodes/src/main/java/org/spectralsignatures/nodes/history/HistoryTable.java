package org.spectralsignatures.nodes.history;

import java.util.ArrayList;
import java.util.List;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.training.EpochResult;

/** The table of a learner that has a row an epoch. */
public final class HistoryTable {

    static final Column<Integer> EPOCH = Column.integer("Epoch");

    static final Column<Double> RATE = Column.measure("Learning rate");

    static final Column<Double> LOSS = Column.measure("Loss");

    static final Column<Double> ACCURACY = Column.measure("Accuracy");

    static final Column<Double> VALIDATION_LOSS = Column.measure("Validation loss");

    static final Column<Double> VALIDATION_ACCURACY = Column.measure("Validation accuracy");

    static final Column<Double> SECONDS = Column.measure("Seconds");

    static final Column<String> RESUMED = Column.text("Resumed");

    /** Its columns. */
    public static final TableSchema SCHEMA = TableSchema.of(EPOCH, RATE, LOSS, ACCURACY, VALIDATION_LOSS, VALIDATION_ACCURACY, SECONDS);

    /** Its columns where the training may go on from checkpoints. */
    public static final TableSchema RESUMABLE = SCHEMA.and(RESUMED);

    private final TableWriter m_table;

    private final boolean m_resumable;

    /** Without epochs yet. */
    public HistoryTable(final ExecutionContext exec) {
        this(SCHEMA, exec);
    }

    /**
     * Without epochs yet.
     *
     * @param schema {@link #SCHEMA} or {@link #RESUMABLE}
     */
    public HistoryTable(final TableSchema schema, final ExecutionContext exec) {
        m_table = schema.writer(exec);
        m_resumable = schema.equals(RESUMABLE);
    }

    /** Adds an epoch of a training that was not interrupted in it. */
    public void add(final EpochResult epoch) {
        add(epoch, null);
    }

    /**
     * Adds an epoch.
     *
     * @param resumed where the training went on in it, in words; null if it did not
     */
    public void add(final EpochResult epoch, final String resumed) {
        final var entries = new ArrayList<>(List.of(EPOCH.of(epoch.epoch()), RATE.of(epoch.learningRate()), LOSS.of(epoch.loss()), ACCURACY.of(epoch.accuracy()),
            VALIDATION_LOSS.of(epoch.validationLoss()), VALIDATION_ACCURACY.of(epoch.validationAccuracy()), SECONDS.of(epoch.seconds())));
        if (m_resumable) {
            entries.add(RESUMED.of(resumed));
        }
        m_table.add("Epoch " + epoch.epoch(), entries.toArray(Column.Entry[]::new));
    }

    /** @return all that were added */
    public BufferedDataTable table() {
        return m_table.table();
    }
}
