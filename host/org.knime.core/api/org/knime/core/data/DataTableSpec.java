package org.knime.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.swing.JComponent;

import org.knime.core.node.port.PortObjectSpec;

/** The columns of a table. */
public final class DataTableSpec implements PortObjectSpec, Iterable<DataColumnSpec> {

    private static final String DEFAULT_NAME = "default";

    private final String m_name;

    private final List<DataColumnSpec> m_columns;

    private final Map<String, Integer> m_indices = new HashMap<>();

    /** No columns. */
    public DataTableSpec() {
        this(new DataColumnSpec[0]);
    }

    /** @param colSpecs the columns, of distinct names */
    public DataTableSpec(final DataColumnSpec... colSpecs) {
        this(DEFAULT_NAME, colSpecs);
    }

    /** A named table. */
    public DataTableSpec(final String name, final DataColumnSpec... colSpecs) {
        m_name = name == null ? DEFAULT_NAME : name;
        m_columns = List.copyOf(new ArrayList<>(Arrays.asList(colSpecs)));
        for (int i = 0; i < colSpecs.length; i++) {
            final Integer before = m_indices.put(colSpecs[i].getName(), i);
            if (before != null) {
                throw new IllegalArgumentException("Columns " + before + " and " + i + " have the same name \"" + colSpecs[i].getName() + "\".");
            }
        }
    }

    /** @return the table's name */
    public String getName() {
        return m_name;
    }

    /** @return number of columns */
    public int getNumColumns() {
        return m_columns.size();
    }

    /** @return a column by index */
    public DataColumnSpec getColumnSpec(final int index) {
        return m_columns.get(index);
    }

    /** @return a column by name, null if there is none */
    public DataColumnSpec getColumnSpec(final String column) {
        final int index = findColumnIndex(column);
        return index < 0 ? null : m_columns.get(index);
    }

    /** @return index of a column, -1 if there is none of that name */
    public int findColumnIndex(final String columnName) {
        return m_indices.getOrDefault(columnName, -1);
    }

    /** @return whether there is a column of that name */
    public boolean containsName(final String columnName) {
        return m_indices.containsKey(columnName);
    }

    /** @return names of the columns */
    public final String[] getColumnNames() {
        return m_columns.stream().map(DataColumnSpec::getName).toArray(String[]::new);
    }

    /** @return whether the columns have the same names and types in the same order */
    public boolean equalStructure(final DataTableSpec spec) {
        return compare(spec, DataColumnSpec::equalStructure);
    }

    /** @return whether a table of these columns may stand where one of the other spec is expected */
    public boolean isCompatibleWith(final DataTableSpec spec) {
        return compare(spec, DataColumnSpec::isCompatibleWith);
    }

    private boolean compare(final DataTableSpec spec, final BiPredicate<DataColumnSpec, DataColumnSpec> same) {
        return spec != null && spec.getNumColumns() == getNumColumns()
            && IntStream.range(0, getNumColumns()).allMatch(i -> same.test(getColumnSpec(i), spec.getColumnSpec(i)));
    }

    /** @return the columns */
    public Stream<DataColumnSpec> stream() {
        return m_columns.stream();
    }

    @Override
    public Iterator<DataColumnSpec> iterator() {
        return m_columns.iterator();
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    /** @return whether name and columns are the same, domains and notes included */
    @Override
    public boolean equals(final Object obj) {
        return obj instanceof DataTableSpec other && m_name.equals(other.m_name) && m_columns.equals(other.m_columns);
    }

    @Override
    public int hashCode() {
        return m_columns.hashCode();
    }

    @Override
    public String toString() {
        return m_columns.toString();
    }
}
