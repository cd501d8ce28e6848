package org.knime.core.node;

import java.util.Iterator;
import java.util.Set;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.RowKey;

/** A row of which only some columns were read. */
final class FilteredRow implements DataRow {

    private final DataRow m_row;

    private final Set<Integer> m_columns;

    /** These columns of a row. */
    FilteredRow(final DataRow row, final Set<Integer> columns) {
        m_row = row;
        m_columns = columns;
    }

    @Override
    public RowKey getKey() {
        return m_row.getKey();
    }

    @Override
    public int getNumCells() {
        return m_row.getNumCells();
    }

    @Override
    public DataCell getCell(final int index) {
        if (!m_columns.contains(index)) {
            throw new IllegalStateException("Column " + index + " was not read.");
        }
        return m_row.getCell(index);
    }

    @Override
    public Iterator<DataCell> iterator() {
        return IntStream.range(0, getNumCells()).mapToObj(this::getCell).iterator();
    }
}
