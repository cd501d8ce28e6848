package org.spectralsignatures.nodes.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;

import org.knime.core.data.DataRow;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Reads columns of a table by their declarations, and leaves the rest where it is. */
public final class TableReader {

    private final BufferedDataTable m_table;

    private final Map<String, Integer> m_indices;

    private TableReader(final BufferedDataTable table, final Map<String, Integer> indices) {
        m_table = table;
        m_indices = indices;
    }

    /**
     * @param table any that has these columns
     * @param columns that are read
     * @return its rows
     * @throws IllegalArgumentException if there is no such column, or it is of another type; the message names it, and what to do
     */
    public static TableReader of(final BufferedDataTable table, final Column<?>... columns) {
        final Map<String, Integer> indices = new HashMap<>();
        for (Column<?> column : columns) {
            indices.put(column.name(), column.indexIn(table.getDataTableSpec()));
        }
        return new TableReader(table, indices);
    }

    /**
     * A row as the declarations of its columns see it.
     *
     * @param row what KNIME gave
     * @param indices of the columns that were read, by name
     */
    public record Row(DataRow row, Map<String, Integer> indices) {

        /** @return its key */
        public String key() {
            return row.getKey().getString();
        }

        /**
         * @return the value in a column
         * @throws IllegalArgumentException if it is missing, or the column was not read; the message names row and column
         */
        public <T> T get(final Column<T> column) {
            final T value = find(column);
            if (value == null) {
                throw new IllegalArgumentException("Row '%s' has no value in the column '%s'. %s".formatted(key(), column.name(), Column.MEND));
            }
            return value;
        }

        /**
         * @return the value in a column, null if it is missing
         * @throws IllegalArgumentException if the column was not read; the message names it
         */
        public <T> T find(final Column<T> column) {
            final Integer index = indices.get(column.name());
            if (index == null) {
                throw new IllegalArgumentException("The column '%s' is none of those that are read: %s.".formatted(column.name(),
                    indices.keySet().stream().sorted().collect(Collectors.joining(", "))));
            }
            return column.read(row.getCell(index));
        }
    }

    /** What is done with a row. */
    public interface Action {

        /** @param index of the row, from 0 */
        void accept(Row row, int index) throws IOException, TaskCancelledException;
    }

    /**
     * Reads all rows in their order, each with its index.
     *
     * @param monitor asked for each row
     * @throws TaskCancelledException if the monitor said so
     */
    public void forEach(final TaskMonitor monitor, final Action action) throws IOException, TaskCancelledException {
        try (CloseableRowIterator rows = rows()) {
            for (int i = 0; rows.hasNext(); i++) {
                monitor.checkCancelled();
                action.accept(new Row(rows.next(), m_indices), i);
            }
        }
    }

    private CloseableRowIterator rows() {
        return m_table.filter(TableFilter.materializeCols(columns())).iterator();
    }

    private int[] columns() {
        return m_indices.values().stream().mapToInt(Integer::intValue).toArray();
    }

    /** Reads all rows in their order, each with its index. */
    public void forEach(final ObjIntConsumer<Row> action) {
        TableRows.read(m_table, (row, i) -> action.accept(new Row(row, m_indices), i), columns());
    }

    /** @return what becomes of each row, in their order */
    public <T> List<T> list(final Function<Row, T> read) {
        final List<T> list = new ArrayList<>();
        forEach((row, i) -> list.add(read.apply(row)));
        return list;
    }

    /** @return what becomes of the first rows, at most so many */
    public <T> List<T> first(final int most, final Function<Row, T> read) {
        final List<T> list = new ArrayList<>();
        try (CloseableRowIterator rows = rows()) {
            while (rows.hasNext() && list.size() < most) {
                list.add(read.apply(new Row(rows.next(), m_indices)));
            }
        }
        return list;
    }

    /** @return some rows by index */
    public Map<Integer, Row> at(final int... indices) {
        final Map<Integer, Row> found = new HashMap<>();
        TableRows.at(m_table, indices).forEach((i, row) -> found.put(i, new Row(row, m_indices)));
        return found;
    }
}
