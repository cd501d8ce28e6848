package org.spectralsignatures.nodes.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;

/** Writes the rows of a table of a {@link TableSchema}. Values may be given in any order, but each column needs one. */
public final class TableWriter {

    private final BufferedDataContainer m_container;

    private final List<Column<?>> m_columns;

    private final Map<String, Integer> m_indices = new HashMap<>();

    TableWriter(final BufferedDataContainer container, final List<Column<?>> columns) {
        m_container = container;
        m_columns = columns;
        columns.forEach(column -> m_indices.put(column.name(), m_indices.size()));
    }

    /**
     * Adds a row.
     *
     * @param key its key
     * @param entries a value for each column
     * @throws IllegalArgumentException if a column has no value or two, or the table has no such column; the message names row and column
     */
    public void add(final String key, final Column.Entry... entries) {
        m_container.addRowToTable(new DefaultRow(key, cells(key, entries)));
    }

    /**
     * Adds a row to a table whose first columns are those of another.
     *
     * @param row of the other table
     * @param entries a value for each column of the schema
     * @throws IllegalArgumentException as {@link #add} does
     */
    public void append(final DataRow row, final Column.Entry... entries) {
        m_container.addRowToTable(new DefaultRow(row.getKey(), ImageTables.append(row, cells(row.getKey().getString(), entries))));
    }

    /** Adds a row of a table of the same schema. */
    void copy(final DataRow row) {
        m_container.addRowToTable(row);
    }

    private DataCell[] cells(final String key, final Column.Entry... entries) {
        final var cells = new DataCell[m_columns.size()];
        for (Column.Entry entry : entries) {
            final Integer index = m_indices.get(entry.column().name());
            if (index == null || cells[index] != null) {
                throw new IllegalArgumentException("Row '%s' has %s in the column '%s'.".formatted(key,
                    index == null ? "a value that the table has no place for" : "two values", entry.column().name()));
            }
            cells[index] = entry.cell();
        }
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] == null) {
                throw new IllegalArgumentException("Row '%s' was given no value in the column '%s'.".formatted(key, m_columns.get(i).name()));
            }
        }
        return cells;
    }

    /** @return the table with all rows that were added; no more can be */
    public BufferedDataTable table() {
        m_container.close();
        return m_container.getTable();
    }
}
