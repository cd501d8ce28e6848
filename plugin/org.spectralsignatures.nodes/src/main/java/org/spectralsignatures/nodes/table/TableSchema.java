package org.spectralsignatures.nodes.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * The columns of a table in their order, declared once: what KNIME is told of the table before it is made, and how its rows are written and
 * read back.
 *
 * @param columns of distinct names
 */
public record TableSchema(List<Column<?>> columns) {

    /** @throws IllegalArgumentException if two columns have one name */
    public TableSchema {
        columns = List.copyOf(columns);
        if (columns.stream().map(Column::name).distinct().count() < columns.size()) {
            throw new IllegalArgumentException("Two columns have one name: %s.".formatted(String.join(", ", columns.stream().map(Column::name).toList())));
        }
    }

    /** @return a table of these columns */
    public static TableSchema of(final Column<?>... columns) {
        return new TableSchema(Arrays.asList(columns));
    }

    /** @return these columns and more behind them */
    public TableSchema and(final Column<?>... more) {
        return new TableSchema(Stream.concat(columns.stream(), Arrays.stream(more)).toList());
    }

    /** @return what KNIME is told of the table */
    public DataTableSpec spec() {
        return new DataTableSpec(columns.stream().map(Column::spec).toArray(DataColumnSpec[]::new));
    }

    /** @return what KNIME is told of a table that has these columns behind those of another; names that are taken get a number */
    public DataTableSpec spec(final DataTableSpec first) {
        return new DataTableSpecCreator(first).addColumns(columns.stream().map(c -> c.specBeside(first)).toArray(DataColumnSpec[]::new)).createSpec();
    }

    /** @return a table without rows yet */
    public TableWriter writer(final ExecutionContext exec) {
        return new TableWriter(exec.createDataContainer(spec()), columns);
    }

    /** @return a table without rows yet, of these columns behind those of another, see {@link TableWriter#append} */
    public TableWriter writer(final DataTableSpec first, final ExecutionContext exec) {
        return new TableWriter(exec.createDataContainer(spec(first)), columns);
    }

    /**
     * @param table that was written by this schema
     * @return its rows
     * @throws IllegalArgumentException if it lacks one of the columns, or one is of another type; the message names it
     */
    public TableReader reader(final BufferedDataTable table) {
        return TableReader.of(table, columns.toArray(Column[]::new));
    }
}
