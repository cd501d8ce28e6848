package org.knime.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes a {@link DataTableSpec}. */
public final class DataTableSpecCreator {

    private final List<DataColumnSpec> m_columns = new ArrayList<>();

    private String m_name = "default";

    /** No columns yet. */
    public DataTableSpecCreator() {
        // empty
    }

    /** @param spec the columns to start from */
    public DataTableSpecCreator(final DataTableSpec spec) {
        addColumns(spec);
        m_name = spec.getName();
    }

    /** Adds columns at the end. */
    public DataTableSpecCreator addColumns(final DataColumnSpec... columns) {
        m_columns.addAll(Arrays.asList(columns));
        return this;
    }

    /** Adds all columns of another table at the end. */
    public DataTableSpecCreator addColumns(final DataTableSpec fromSpec) {
        fromSpec.forEach(m_columns::add);
        return this;
    }

    /** Replaces a column. */
    public DataTableSpecCreator replaceColumn(final int index, final DataColumnSpec colSpec) {
        m_columns.set(index, colSpec);
        return this;
    }

    /** Names the table. */
    public DataTableSpecCreator setName(final String name) {
        m_name = name;
        return this;
    }

    /** @return the table's columns */
    public DataTableSpec createSpec() {
        return new DataTableSpec(m_name, m_columns.toArray(DataColumnSpec[]::new));
    }
}
