package org.spectralsignatures.representation.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.parquet.ParquetColumn;
import org.spectralsignatures.parquet.ParquetColumn.Kind;
import org.spectralsignatures.parquet.ParquetRows;
import org.spectralsignatures.parquet.ParquetTable;
import org.spectralsignatures.representation.RepresentationBuilder;

/** Vectors in a Parquet file: a column of lists of numbers or many columns of numbers, with keys and labels in others. */
final class ParquetVectors implements VectorSource {

    /**
     * What a file has, so that it can be read as one with others.
     *
     * @param dimensions d
     * @param hasKeys whether there is a column of row keys
     * @param hasLabels whether there is a column of labels
     * @param hasFlags whether there is a column that tells known poison
     */
    record Shape(long dimensions, boolean hasKeys, boolean hasLabels, boolean hasFlags) {

        /** @return in words */
        String text() {
            return "%,d values a row, %s row keys, %s labels, %s known poison".formatted(dimensions, with(hasKeys), with(hasLabels), with(hasFlags));
        }

        private static String with(final boolean has) {
            return has ? "with" : "without";
        }
    }

    private final Path path;

    private final VectorFileOptions options;

    private final long count;

    private final Shape shape;

    private final String name;

    private final List<String> notes;

    ParquetVectors(final VectorFileOptions options) throws IOException {
        this.options = options;
        path = options.path();
        if (options.labelsFile() != null || options.keysFile() != null) {
            throw new IOException("'%s' is no NumPy file: labels and keys of a table stand in its columns. Leave 'Labels file' and 'Keys file' empty.".formatted(path));
        }
        try (ParquetTable table = ParquetTable.open(path)) {
            final var columns = new ParquetVectorColumns(table, options);
            count = table.rows();
            if (count == 0) {
                throw new IOException("'%s' has no rows, and so there is nothing to score.".formatted(path));
            }
            final ParquetColumn first = columns.values().get(0);
            shape = new Shape(first.isList() ? length(table.rows(List.of(first)), first) : columns.values().size(), columns.key() != null, columns.label() != null,
                columns.poisoned() != null);
            name = first.isList() && table.columns().stream().filter(ParquetColumn::isList).count() > 1 ? "%s: %s".formatted(path.getFileName(), first.list())
                : path.getFileName().toString();
            notes = columns.notes();
        }
    }

    private long length(final ParquetRows rows, final ParquetColumn column) throws IOException {
        rows.next();
        if (rows.isNull(0)) {
            throw wrong("Row0", column, "the list is missing. Fill it or remove the row.");
        }
        final long length = rows.list(0, new float[0]).length();
        if (length == 0) {
            throw wrong("Row0", column, "the list is empty. Fill it or remove the row.");
        }
        return length;
    }

    private IOException wrong(final String key, final ParquetColumn column, final String what) {
        return new IOException("'%s', row '%s', column '%s': %s".formatted(path, key, column.isList() ? column.list() : column.name(), what));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long rows(final TaskMonitor monitor) {
        return count;
    }

    @Override
    public long dimensions() {
        return shape.dimensions();
    }

    /** @return what it has */
    Shape shape() {
        return shape;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public void read(final RepresentationBuilder to, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        read(to, 0);
    }

    /** @param before rows that were read before, of other files; where there are no keys these are numbered from there on */
    void read(final RepresentationBuilder to, final long before) throws IOException, TaskCancelledException {
        try (ParquetTable table = ParquetTable.open(path)) {
            final var columns = new ParquetVectorColumns(table, options);
            final var asked = new ArrayList<>(columns.values());
            final int key = add(asked, columns.key());
            final int label = add(asked, columns.label());
            final int poisoned = add(asked, columns.poisoned());
            final ParquetRows rows = table.rows(asked);
            while (rows.next()) {
                final String number = "Row" + (before + rows.row());
                final String rowKey = key < 0 ? number : text(rows, key, columns.key(), number);
                fill(to.row(), rows, columns.values(), rowKey);
                to.add(rowKey, label < 0 ? null : label(rows, label, columns, rowKey), poisoned < 0 ? null : flag(rows, poisoned, columns.poisoned(), rowKey));
            }
        }
    }

    /** @return its place among the columns that are asked for, -1 for none */
    private static int add(final List<ParquetColumn> asked, final ParquetColumn column) {
        if (column == null) {
            return -1;
        }
        asked.add(column);
        return asked.size() - 1;
    }

    private void fill(final float[] row, final ParquetRows rows, final List<ParquetColumn> values, final String key) throws IOException {
        if (values.get(0).isList()) {
            fill(row, rows, values.get(0), key);
            return;
        }
        for (int i = 0; i < row.length; i++) {
            requireValue(rows, i, values.get(i), key);
            row[i] = (float)rows.number(i);
        }
    }

    private void fill(final float[] row, final ParquetRows rows, final ParquetColumn list, final String key) throws IOException {
        if (rows.isNull(0)) {
            throw wrong(key, list, "the list is missing. Fill it or remove the row.");
        }
        final ParquetRows.ListExtent extent = rows.list(0, row);
        if (extent.length() != row.length) {
            throw wrong(key, list, "the list has %d values, but that of the first row has %d. All must have as many.".formatted(extent.length(), row.length));
        }
        if (extent.missing() >= 0) {
            throw wrong(key, list, "value %d is missing. Replace it or remove the row.".formatted(extent.missing() + 1));
        }
    }

    private void requireValue(final ParquetRows rows, final int index, final ParquetColumn column, final String key) throws IOException {
        if (rows.isNull(index)) {
            throw wrong(key, column, "the cell is empty. Fill it or remove the row.");
        }
    }

    private String text(final ParquetRows rows, final int index, final ParquetColumn column, final String key) throws IOException {
        requireValue(rows, index, column, key);
        if (column.kind() == Kind.INTEGER) {
            return String.valueOf(rows.integer(index));
        }
        final String text = column.kind() == Kind.BOOLEAN ? String.valueOf(rows.integer(index) != 0) : rows.text(index);
        if (text.isBlank()) {
            throw wrong(key, column, "the cell is empty. Fill it or remove the row.");
        }
        return text;
    }

    private String label(final ParquetRows rows, final int index, final ParquetVectorColumns columns, final String key) throws IOException {
        if (columns.names().isEmpty()) {
            return text(rows, index, columns.label(), key);
        }
        requireValue(rows, index, columns.label(), key);
        final long number = rows.integer(index);
        if (number < 0 || number >= columns.names().size()) {
            throw wrong(key, columns.label(), number == -1 ? "-1 stands for no label. Fill it or remove the row."
                : "%d is no label, since there are %d classes. Replace it or remove the row.".formatted(number, columns.names().size()));
        }
        return columns.names().get((int)number);
    }

    private boolean flag(final ParquetRows rows, final int index, final ParquetColumn column, final String key) throws IOException {
        requireValue(rows, index, column, key);
        return rows.integer(index) != 0;
    }
}
