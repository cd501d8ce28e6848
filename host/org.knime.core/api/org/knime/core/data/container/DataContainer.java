package org.knime.core.data.container;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.image.png.PNGImageCell;
import org.knime.core.util.DuplicateKeyException;
import org.spectralsignatures.host.images.ImageFile;

/** Collects the rows of a new table and the domains of its columns; checks that keys are unique and cells fit their columns. */
public class DataContainer {

    private static final int SHOWN = 30;

    private final DataTableSpec m_spec;

    private final ColumnDomain[] m_domains;

    private final List<DataRow> m_rows = new ArrayList<>();

    private final ImageFile m_images = new ImageFile(ImageFile.HEAP_BYTES);

    private final Set<String> m_keys = new HashSet<>();

    private DataTableSpec m_closedSpec;

    /** @param spec the columns */
    public DataContainer(final DataTableSpec spec) {
        this(spec, true);
    }

    /** @param initDomain whether the domains start with those of the columns */
    public DataContainer(final DataTableSpec spec, final boolean initDomain) {
        m_spec = spec;
        m_domains = spec.stream().map(column -> new ColumnDomain(column, initDomain)).toArray(ColumnDomain[]::new);
    }

    /**
     * Adds a row at the end.
     *
     * @throws IllegalArgumentException if a cell does not fit its column
     * @throws DuplicateKeyException if the key is taken
     * @throws IllegalStateException if the container is closed
     */
    public void addRowToTable(final DataRow row) {
        if (!isOpen()) {
            throw new IllegalStateException("Rows cannot be added: the container is closed.");
        }
        check(row);
        if (!m_keys.add(row.getKey().getString())) {
            throw new DuplicateKeyException("Encountered duplicate row ID \"" + row.getKey() + "\"", row.getKey().getString());
        }
        for (int i = 0; i < m_domains.length; i++) {
            m_domains[i].update(row.getCell(i));
            if (row.getCell(i) instanceof PNGImageCell image) {
                image.getImageContent().keepIn(m_images);
            }
        }
        m_rows.add(row);
    }

    private void check(final DataRow row) {
        if (row.getNumCells() != m_spec.getNumColumns()) {
            throw new IllegalArgumentException("Row \"" + row.getKey() + "\" has " + row.getNumCells() + " cells for " + m_spec.getNumColumns() + " columns.");
        }
        for (int i = 0; i < row.getNumCells(); i++) {
            final DataCell cell = row.getCell(i);
            if (!cell.isMissing() && !m_spec.getColumnSpec(i).getType().isASuperTypeOf(cell.getType())) {
                final String text = cell.toString();
                throw new IllegalArgumentException("Row \"" + row.getKey() + "\": \"" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text)
                    + "\" is of type " + cell.getType() + ", but column " + m_spec.getColumnSpec(i) + " takes no such cells.");
            }
        }
    }

    /** No more rows: the domains are known. */
    public void close() {
        if (isOpen()) {
            final DataColumnSpec[] columns = new DataColumnSpec[m_domains.length];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = m_domains[i].createSpec();
            }
            m_closedSpec = new DataTableSpec(m_spec.getName(), columns);
            m_keys.clear();
        }
    }

    /** @return whether rows can be added */
    public boolean isOpen() {
        return m_closedSpec == null;
    }

    /** @return whether the container was closed */
    public boolean isClosed() {
        return !isOpen();
    }

    /** @return number of rows so far */
    public long size() {
        return m_rows.size();
    }

    /** @return the columns, with their domains once the container is closed */
    public DataTableSpec getTableSpec() {
        return isOpen() ? m_spec : m_closedSpec;
    }

    /**
     * @return the table of the closed container
     * @throws IllegalStateException if it is not closed
     */
    public DataTable getTable() {
        if (isOpen()) {
            throw new IllegalStateException("There is no table yet: the container is not closed.");
        }
        return new HeapTable(m_closedSpec, m_rows);
    }
}
