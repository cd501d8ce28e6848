package org.spectralsignatures.host.cache;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomain;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.collection.CollectionDataValue;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataTable;

/**
 * A table as bytes: name, columns with domains and notes, number of rows, then the rows. The same table always gives the same bytes, so
 * that their SHA-256 stands for its content.
 */
final class TableBytes {

    /** What comes before the rows. */
    record Head(DataTableSpec spec, long rows) {
    }

    private TableBytes() {
    }

    /**
     * Writes a table.
     *
     * @param images remembers the table's images, so that tables that are read share them
     * @throws UnknownContentException if it has cells that the host does not know
     */
    static void write(final BufferedDataTable table, final SharedImages images, final OutputStream to) throws IOException {
        final var out = new DataOutputStream(new BufferedOutputStream(to, 1 << 16));
        write(table.getDataTableSpec(), out);
        out.writeLong(table.size());
        try (var rows = table.iterator()) {
            while (rows.hasNext()) {
                final DataRow row = rows.next();
                CellBytes.text(row.getKey().getString(), out);
                for (DataCell cell : row) {
                    images.share(cell);
                    CellBytes.write(cell, out);
                }
            }
        }
        out.flush();
    }

    /** @return what a file begins with */
    static Head readHead(final Path file) throws IOException {
        try (var in = open(file)) {
            return readHead(in);
        }
    }

    /** @return the rows of a file */
    static List<DataRow> readRows(final Path file, final SharedImages images) throws IOException {
        try (var in = open(file)) {
            final Head head = readHead(in);
            final var rows = new ArrayList<DataRow>();
            for (long i = 0; i < head.rows; i++) {
                final String key = CellBytes.text(in);
                final var cells = new DataCell[head.spec.getNumColumns()];
                for (int c = 0; c < cells.length; c++) {
                    cells[c] = images.share(CellBytes.read(in));
                }
                rows.add(new DefaultRow(key, cells));
            }
            return rows;
        }
    }

    private static DataInputStream open(final Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    private static Head readHead(final DataInputStream in) throws IOException {
        return new Head(readSpec(in), in.readLong());
    }

    private static void write(final DataTableSpec spec, final DataOutputStream out) throws IOException {
        CellBytes.text(spec.getName(), out);
        out.writeInt(spec.getNumColumns());
        for (DataColumnSpec column : spec) {
            CellBytes.text(column.getName(), out);
            writeType(column.getType(), out);
            writeDomain(column.getDomain(), out);
            final DataColumnProperties notes = column.getProperties();
            out.writeInt(notes.size());
            for (String name : Collections.list(notes.properties())) {
                CellBytes.text(name, out);
                CellBytes.text(notes.getProperty(name), out);
            }
        }
    }

    private static DataTableSpec readSpec(final DataInputStream in) throws IOException {
        final String name = CellBytes.text(in);
        final var columns = new DataColumnSpec[in.readInt()];
        for (int i = 0; i < columns.length; i++) {
            final var column = new DataColumnSpecCreator(CellBytes.text(in), readType(in));
            column.setDomain(readDomain(in));
            final Map<String, String> notes = new LinkedHashMap<>();
            for (int n = in.readInt(); n > 0; n--) {
                notes.put(CellBytes.text(in), CellBytes.text(in));
            }
            column.setProperties(new DataColumnProperties(notes));
            columns[i] = column.createSpec();
        }
        return new DataTableSpec(name, columns);
    }

    /** The class of the cells, and behind that of a collection the type of its elements. */
    private static void writeType(final DataType type, final DataOutputStream out) throws IOException {
        CellBytes.text(type.getCellClass().getName(), out);
        if (type.isCollectionType()) {
            writeType(type.getCollectionElementType(), out);
        }
    }

    private static DataType readType(final DataInputStream in) throws IOException {
        final String name = CellBytes.text(in);
        try {
            final Class<? extends DataCell> cells = Class.forName(name, true, DataCell.class.getClassLoader()).asSubclass(DataCell.class);
            return DataType.getType(cells, CollectionDataValue.class.isAssignableFrom(cells) ? readType(in) : null);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new IOException("there are no cells of '" + name + "'", e);
        }
    }

    private static void writeDomain(final DataColumnDomain domain, final DataOutputStream out) throws IOException {
        out.writeInt(domain.hasValues() ? domain.getValues().size() : -1);
        for (DataCell value : domain.hasValues() ? domain.getValues() : Set.<DataCell>of()) {
            CellBytes.write(value, out);
        }
        for (DataCell bound : new DataCell[]{domain.getLowerBound(), domain.getUpperBound()}) {
            out.writeBoolean(bound != null);
            if (bound != null) {
                CellBytes.write(bound, out);
            }
        }
    }

    private static DataColumnDomain readDomain(final DataInputStream in) throws IOException {
        final var domain = new DataColumnDomainCreator();
        final int count = in.readInt();
        if (count >= 0) {
            final Set<DataCell> values = new LinkedHashSet<>();
            for (int i = 0; i < count; i++) {
                values.add(CellBytes.read(in));
            }
            domain.setValues(values);
        }
        domain.setLowerBound(in.readBoolean() ? CellBytes.read(in) : null);
        domain.setUpperBound(in.readBoolean() ? CellBytes.read(in) : null);
        return domain.createDomain();
    }
}
