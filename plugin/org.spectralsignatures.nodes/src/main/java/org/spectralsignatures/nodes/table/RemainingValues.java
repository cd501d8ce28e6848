package org.spectralsignatures.nodes.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;

/** The values of a part of a table's rows, in the columns whose domain lists values: a class without rows leaves the domain. */
public final class RemainingValues {

    private final DataTableSpec m_spec;

    private final List<Integer> m_columns = new ArrayList<>();

    private final List<Set<DataCell>> m_found = new ArrayList<>();

    /** @param spec columns of the table */
    private RemainingValues(final DataTableSpec spec) {
        m_spec = spec;
        for (int i = 0; i < spec.getNumColumns(); i++) {
            if (spec.getColumnSpec(i).getDomain().hasValues()) {
                m_columns.add(i);
                m_found.add(new HashSet<>());
            }
        }
    }

    /**
     * @param table of which a part is left
     * @param remains whether the row of an index is
     * @return the table's columns, with the values of the part
     */
    public static DataTableSpec spec(final BufferedDataTable table, final IntPredicate remains) {
        final var values = new RemainingValues(table.getDataTableSpec());
        if (values.columns().length > 0) {
            TableRows.read(table, (row, i) -> {
                if (remains.test(i)) {
                    values.add(row);
                }
            }, values.columns());
        }
        return values.spec();
    }

    /** @return indices of the columns that are looked at */
    private int[] columns() {
        return m_columns.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Counts a row of the part; only those columns are read. */
    private void add(final DataRow row) {
        for (int k = 0; k < m_found.size(); k++) {
            m_found.get(k).add(row.getCell(m_columns.get(k)));
        }
    }

    /** @return the table's columns, with the values that were found, in their old order */
    private DataTableSpec spec() {
        final var columns = m_spec.stream().toArray(DataColumnSpec[]::new);
        for (int k = 0; k < m_found.size(); k++) {
            final DataColumnSpec column = columns[m_columns.get(k)];
            final Set<DataCell> found = m_found.get(k);
            final var creator = new DataColumnSpecCreator(column);
            final var domain = new DataColumnDomainCreator(column.getDomain().getValues().stream().filter(found::contains).toArray(DataCell[]::new));
            domain.setLowerBound(column.getDomain().getLowerBound());
            domain.setUpperBound(column.getDomain().getUpperBound());
            creator.setDomain(domain.createDomain());
            columns[m_columns.get(k)] = creator.createSpec();
        }
        return new DataTableSpec(columns);
    }
}
