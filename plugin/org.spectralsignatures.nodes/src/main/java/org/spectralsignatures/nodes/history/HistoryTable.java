package org.spectralsignatures.nodes.history;

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

    /** Its columns. */
    public static final TableSchema SCHEMA = TableSchema.of(EPOCH, RATE, LOSS, ACCURACY, VALIDATION_LOSS, VALIDATION_ACCURACY, SECONDS);

    private final TableWriter m_table;

    /** Without epochs yet. */
    public HistoryTable(final ExecutionContext exec) {
        m_table = SCHEMA.writer(exec);
    }

    /** Adds an epoch. */
    public void add(final EpochResult epoch) {
        m_table.add("Epoch " + epoch.epoch(), EPOCH.of(epoch.epoch()), RATE.of(epoch.learningRate()), LOSS.of(epoch.loss()), ACCURACY.of(epoch.accuracy()),
            VALIDATION_LOSS.of(epoch.validationLoss()), VALIDATION_ACCURACY.of(epoch.validationAccuracy()), SECONDS.of(epoch.seconds()));
    }

    /** @return all that were added */
    public BufferedDataTable table() {
        return m_table.table();
    }
}
