package org.spectralsignatures.nodes.remover;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.Scores;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;

/** The table of the removed rows: all columns of the images, the score, its rank and the number of rows of the class. */
final class RemovedRows {

    private static final Column<Integer> ROWS = Column.integer("Rows of class");

    /** The columns behind those of the images. */
    static final TableSchema SCHEMA = TableSchema.of(Scores.SCORE, Scores.RANK, ROWS);

    private final TableWriter m_table;

    /** @param images columns of the images */
    RemovedRows(final DataTableSpec images, final ExecutionContext exec) {
        m_table = SCHEMA.writer(images, exec);
    }

    void add(final DataRow row, final double score, final int rank, final int rows) {
        m_table.append(row, Scores.SCORE.of(score), Scores.RANK.of(rank), ROWS.of(rows));
    }

    /** @return all that were added */
    BufferedDataTable table() {
        return m_table.table();
    }
}
