package org.spectralsignatures.nodes.remover;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.ImageTables;

/** The table of the removed rows: all columns of the images, the score, its rank and the number of rows of the class. */
final class RemovedRows {

    private final BufferedDataContainer m_container;

    /** @param images columns of the images */
    RemovedRows(final DataTableSpec images, final ExecutionContext exec) {
        m_container = exec.createDataContainer(spec(images));
    }

    static DataTableSpec spec(final DataTableSpec images) {
        return new DataTableSpecCreator(images).addColumns(column(images, "Score", DoubleCell.TYPE), column(images, "Rank in class", IntCell.TYPE),
            column(images, "Rows of class", IntCell.TYPE)).createSpec();
    }

    /** A column of another name where the images have one of that name already, as KNIME's nodes do. */
    private static DataColumnSpec column(final DataTableSpec images, final String name, final DataType type) {
        String free = name;
        for (int i = 1; images.containsName(free); i++) {
            free = "%s (#%d)".formatted(name, i);
        }
        return new DataColumnSpecCreator(free, type).createSpec();
    }

    void add(final DataRow row, final double score, final int rank, final int rows) {
        m_container.addRowToTable(new DefaultRow(row.getKey(), ImageTables.append(row, new DoubleCell(score), new IntCell(rank), new IntCell(rows))));
    }

    /** @return all that were added */
    BufferedDataTable table() {
        m_container.close();
        return m_container.getTable();
    }
}
