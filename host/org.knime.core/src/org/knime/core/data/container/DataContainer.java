package org.knime.core.data.container;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;

/** Collects the rows of a new table; checks that keys are unique and cells fit their columns. */
public class DataContainer {

    private final DataTableSpec m_spec;

    private final List<DataRow> m_rows = new ArrayList<>();

    private final Set<String> m_keys = new HashSet<>();

    private boolean m_closed;

    /** @param spec the columns */
    public DataContainer(final DataTableSpec spec) {
        m_spec = spec;
    }

    /**
     * Adds a row at the end.
     *
     * @throws IllegalArgumentException if a cell does not fit its column or the key is taken
     * @throws IllegalStateException if the container is closed
     */
    public void addRowToTable(final DataRow row) {
        if (m_closed) {
            throw new IllegalStateException("The container is closed.");
        }
        final String key = row.getKey().getString();
        if (row.getNumCells() != m_spec.getNumColumns()) {
            throw new IllegalArgumentException("Row '" + key + "' has " + row.getNumCells() + " cells for " + m_spec.getNumColumns() + " columns.");
        }
        for (int i = 0; i < row.getNumCells(); i++) {
            final DataCell cell = row.getCell(i);
            if (!cell.isMissing() && !m_spec.getColumnSpec(i).getType().isASuperTypeOf(cell.getType())) {
                throw new IllegalArgumentException("Row '" + key + "', column " + m_spec.getColumnSpec(i) + ": unexpected " + cell.getType() + ".");
            }
        }
        if (!m_keys.add(key)) {
            throw new IllegalArgumentException("Encountered duplicate row ID \"" + key + "\".");
        }
        m_rows.add(row);
    }

    /** No more rows. */
    public void close() {
        m_closed = true;
        m_keys.clear();
    }

    /** @return number of rows so far */
    public long size() {
        return m_rows.size();
    }

    /** @return the columns */
    public DataTableSpec getTableSpec() {
        return m_spec;
    }

    /** @return the rows of the closed container */
    protected List<DataRow> rows() {
        if (!m_closed) {
            throw new IllegalStateException("The container is not closed yet.");
        }
        return m_rows;
    }
}
