package org.spectralsignatures.host.tests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;

/**
 * What KNIME's own nodes make of tables. All hand on the properties and the domains of the columns as they were, whatever becomes of
 * the rows; a concatenation keeps the properties that both tables have, and the values of both domains.
 */
final class KnimeTables {

    private final Path m_folder;

    KnimeTables(final Path folder) {
        m_folder = folder;
    }

    static List<DataRow> rows(final BufferedDataTable table) {
        final var rows = new ArrayList<DataRow>();
        try (var all = table.iterator()) {
            all.forEachRemaining(rows::add);
        }
        return rows;
    }

    private BufferedDataTable table(final DataTableSpec spec, final List<DataRow> rows) {
        final BufferedDataContainer container = ShownNode.context(m_folder).createDataContainer(spec);
        rows.forEach(container::addRowToTable);
        container.close();
        return container.getTable();
    }

    /** Row Filter: the rows that are wanted, by row and index. */
    BufferedDataTable rowFilter(final BufferedDataTable table, final BiPredicate<DataRow, Integer> wanted) {
        final List<DataRow> rows = rows(table);
        return table(table.getDataTableSpec(), IntStream.range(0, rows.size()).filter(i -> wanted.test(rows.get(i), i)).mapToObj(rows::get).toList());
    }

    /** Shuffle. */
    BufferedDataTable shuffle(final BufferedDataTable table, final long seed) {
        final List<DataRow> rows = rows(table);
        Collections.shuffle(rows, new Random(seed));
        return table(table.getDataTableSpec(), rows);
    }

    /** Table Partitioner, taking from the top: the first rows and the others. */
    BufferedDataTable[] partition(final BufferedDataTable table, final int first) {
        return new BufferedDataTable[]{rowFilter(table, (row, i) -> i < first), rowFilter(table, (row, i) -> i >= first)};
    }

    /** Concatenate, of tables with the same columns: a Row ID that was there gets a suffix. */
    BufferedDataTable concatenate(final BufferedDataTable first, final BufferedDataTable second) {
        final var columns = new ArrayList<DataColumnSpec>();
        for (DataColumnSpec column : first.getDataTableSpec()) {
            final DataColumnSpec other = second.getDataTableSpec().getColumnSpec(column.getName());
            final var creator = new DataColumnSpecCreator(column);
            final Map<String, String> shared = new TreeMap<>();
            Collections.list(column.getProperties().properties()).stream()
                .filter(k -> column.getProperties().getProperty(k).equals(other.getProperties().getProperty(k)))
                .forEach(k -> shared.put(k, column.getProperties().getProperty(k)));
            creator.setProperties(new DataColumnProperties(shared));
            if (column.getDomain().hasValues() && other.getDomain().hasValues()) {
                final var values = new LinkedHashSet<DataCell>(column.getDomain().getValues());
                values.addAll(other.getDomain().getValues());
                creator.setDomain(new DataColumnDomainCreator(values).createDomain());
            }
            columns.add(creator.createSpec());
        }
        final List<DataRow> rows = rows(first);
        final var taken = new HashSet<String>(rows.stream().map(r -> r.getKey().getString()).toList());
        for (DataRow row : rows(second)) {
            String key = row.getKey().getString();
            while (!taken.add(key)) {
                key += "_dup";
            }
            rows.add(new DefaultRow(key, IntStream.range(0, row.getNumCells()).mapToObj(row::getCell).toArray(DataCell[]::new)));
        }
        return table(new DataTableSpec(columns.toArray(DataColumnSpec[]::new)), rows);
    }

    /** Joiner by Row ID, left outer: the columns of both, those of the right with a suffix. */
    BufferedDataTable join(final BufferedDataTable left, final BufferedDataTable right) {
        final var columns = new ArrayList<DataColumnSpec>(left.getDataTableSpec().stream().toList());
        for (DataColumnSpec column : right.getDataTableSpec()) {
            final var creator = new DataColumnSpecCreator(column);
            creator.setName(column.getName() + " (Right)");
            columns.add(creator.createSpec());
        }
        final Map<String, DataRow> byKey = new TreeMap<>();
        rows(right).forEach(r -> byKey.put(r.getKey().getString(), r));
        return table(new DataTableSpec(columns.toArray(DataColumnSpec[]::new)), rows(left).stream().<DataRow>map(row -> {
            final DataRow other = byKey.get(row.getKey().getString());
            final var cells = new DataCell[columns.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = i < row.getNumCells() ? row.getCell(i) : other == null ? DataType.getMissingCell() : other.getCell(i - row.getNumCells());
            }
            return new DefaultRow(row.getKey(), cells);
        }).toList());
    }
}
