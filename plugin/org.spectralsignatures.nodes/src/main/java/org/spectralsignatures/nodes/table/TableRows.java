package org.spectralsignatures.nodes.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjIntConsumer;

import org.knime.core.data.DataRow;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Reads some columns of all rows of a table, or some rows, and leaves the rest where it is. */
public final class TableRows {

    private TableRows() {
    }

    /**
     * @param table whose rows are read
     * @param reader is given each row, of which it asks only the columns, and its index
     * @param columns indices of the columns
     */
    public static void read(final BufferedDataTable table, final ObjIntConsumer<DataRow> reader, final int... columns) {
        try (CloseableRowIterator rows = table.filter(TableFilter.materializeCols(columns)).iterator()) {
            for (int i = 0; rows.hasNext(); i++) {
                reader.accept(rows.next(), i);
            }
        }
    }

    /**
     * @param table whose rows are read
     * @param indices of some rows
     * @return these rows by index
     */
    public static Map<Integer, DataRow> at(final BufferedDataTable table, final int... indices) {
        try {
            final Map<Integer, DataRow> found = new HashMap<>();
            at(table, (row, i) -> found.put(i, row), TaskMonitor.none(), indices);
            return found;
        } catch (TaskCancelledException e) {
            throw new IllegalStateException("Nobody cancels this.", e);
        }
    }

    /**
     * Reads some rows and keeps none of them.
     *
     * @param table whose rows are read
     * @param reader is given each of these rows, in their order, and its index
     * @param monitor asked for each row from the first of them to the last
     * @param indices of some rows
     * @throws TaskCancelledException if the monitor said so
     */
    public static void at(final BufferedDataTable table, final ObjIntConsumer<DataRow> reader, final TaskMonitor monitor, final int... indices)
        throws TaskCancelledException {
        final int[] wanted = Arrays.stream(indices).sorted().distinct().toArray();
        if (wanted.length > 0) {
            final TableFilter range = TableFilter.filterRangeOfRows(wanted[0], wanted[wanted.length - 1]);
            try (CloseableRowIterator rows = table.filter(range).iterator()) {
                for (int i = wanted[0], k = 0; k < wanted.length; i++) {
                    monitor.checkCancelled();
                    final DataRow row = rows.next();
                    if (i == wanted[k]) {
                        reader.accept(row, i);
                        k++;
                    }
                }
            }
        }
    }
}
