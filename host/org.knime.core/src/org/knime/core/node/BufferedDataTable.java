package org.knime.core.node;

import java.util.Iterator;
import java.util.List;

import javax.swing.JComponent;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.CloseableDataRowIterable;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/** The table that travels between nodes. */
public final class BufferedDataTable implements DataTable, PortObject {

    /** The port of a table. */
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(BufferedDataTable.class);

    /** The port of a table that need not be connected. */
    public static final PortType TYPE_OPTIONAL = PortTypeRegistry.getInstance().getPortType(BufferedDataTable.class, true);

    private final DataTableSpec m_spec;

    private final List<DataRow> m_rows;

    BufferedDataTable(final DataTableSpec spec, final List<DataRow> rows) {
        m_spec = spec;
        m_rows = List.copyOf(rows);
    }

    @Override
    public DataTableSpec getDataTableSpec() {
        return m_spec;
    }

    @Override
    public DataTableSpec getSpec() {
        return m_spec;
    }

    @Override
    public String getSummary() {
        return "Rows: " + size() + ", Cols: " + m_spec.getNumColumns();
    }

    /** @return number of rows */
    public long size() {
        return m_rows.size();
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    /** @return the rows and columns that a filter lets through */
    public CloseableDataRowIterable filter(final TableFilter filter) {
        filter.validate(m_spec, size());
        final List<DataRow> rows = m_rows.subList(Math.toIntExact(Math.min(size(), filter.getFromRowIndex().orElse(0L))),
            Math.toIntExact(filter.getToRowIndex().map(to -> to + 1).orElse(size())));
        return () -> iterator(filter.getMaterializeColumnIndices()
            .map(columns -> rows.stream().<DataRow>map(row -> new FilteredRow(row, columns)).iterator()).orElseGet(rows::iterator));
    }

    @Override
    public CloseableRowIterator iterator() {
        return iterator(m_rows.iterator());
    }

    private static CloseableRowIterator iterator(final Iterator<DataRow> rows) {
        return new CloseableRowIterator() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public DataRow next() {
                return rows.next();
            }

            @Override
            public void close() {
                // nothing is held open
            }
        };
    }
}
