package org.knime.core.node;

import javax.swing.JComponent;

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

    private final DataTable m_table;

    private final long m_size;

    BufferedDataTable(final DataTable table, final long size) {
        m_table = table;
        m_size = size;
    }

    @Override
    public DataTableSpec getDataTableSpec() {
        return m_table.getDataTableSpec();
    }

    @Override
    public DataTableSpec getSpec() {
        return m_table.getDataTableSpec();
    }

    @Override
    public String getSummary() {
        return "Rows: " + size() + ", Cols: " + getDataTableSpec().getNumColumns();
    }

    /** @return number of rows */
    public long size() {
        return m_size;
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    /** @return the rows and columns that a filter lets through */
    public CloseableDataRowIterable filter(final TableFilter filter) {
        filter.validate(getDataTableSpec(), size());
        final long from = filter.getFromRowIndex().orElse(0L);
        final long to = filter.getToRowIndex().orElse(size() - 1);
        return () -> new FilteredRows(iterator(), from, to, filter.getMaterializeColumnIndices().orElse(null));
    }

    @Override
    public CloseableRowIterator iterator() {
        return (CloseableRowIterator)m_table.iterator();
    }
}
