package org.knime.core.node;

import java.util.NoSuchElementException;
import java.util.Set;

import org.knime.core.data.DataRow;
import org.knime.core.data.container.CloseableRowIterator;

/** A range of the rows of a table, with some of their columns. */
final class FilteredRows extends CloseableRowIterator {

    private final CloseableRowIterator m_rows;

    private final Set<Integer> m_columns;

    private long m_left;

    /**
     * @param rows all rows
     * @param from index of the first one
     * @param to index of the last one
     * @param columns indices of the columns that can be asked for; null for all
     */
    FilteredRows(final CloseableRowIterator rows, final long from, final long to, final Set<Integer> columns) {
        m_rows = rows;
        m_columns = columns;
        m_left = Math.max(0, to - from + 1);
        for (long i = 0; i < from && rows.hasNext(); i++) {
            rows.next();
        }
    }

    @Override
    public boolean hasNext() {
        return m_left > 0 && m_rows.hasNext();
    }

    @Override
    public DataRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        m_left--;
        return m_columns == null ? m_rows.next() : new FilteredRow(m_rows.next(), m_columns);
    }

    @Override
    public void close() {
        m_rows.close();
    }
}
