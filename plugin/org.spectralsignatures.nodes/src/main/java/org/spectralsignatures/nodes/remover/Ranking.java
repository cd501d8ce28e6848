package org.spectralsignatures.nodes.remover;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;

/** A table of each image's class and score and whether it was removed, in the order of the images, for the node's view. */
final class Ranking {

    static final Column<String> LABEL = Column.text("Label");

    static final Column<Double> SCORE = Column.number("Score");

    static final Column<Boolean> REMOVED = Column.flag("Removed");

    static final TableSchema SCHEMA = TableSchema.of(LABEL, SCORE, REMOVED);

    private final TableWriter m_table;

    /** Without images yet. */
    Ranking(final ExecutionContext exec) {
        m_table = SCHEMA.writer(exec);
    }

    void add(final String key, final String label, final double score, final boolean removed) {
        m_table.add(key, LABEL.of(label), SCORE.of(score), REMOVED.of(removed));
    }

    /** @return all that were added */
    BufferedDataTable table() {
        return m_table.table();
    }
}
