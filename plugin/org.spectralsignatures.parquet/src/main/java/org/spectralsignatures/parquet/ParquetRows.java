package org.spectralsignatures.parquet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * The rows of some columns of a {@link ParquetTable}, one after the other. Columns are told by their place among those that were asked for.
 * Every method throws an {@link IOException} that names the file, and where in it is what is wrong.
 */
public final class ParquetRows {

    /** One of a library's functions that throw anything on damaged data. */
    private interface Value<T> {
        T get() throws IOException;
    }

    /**
     * How long a list is.
     *
     * @param length number of elements
     * @param missing index of the first element that is null, -1 if there is none
     */
    public record ListExtent(long length, long missing) {
    }

    private final Path path;

    private final RandomAccessFile file;

    private final Footer footer;

    private final int[] columns;

    private final ColumnCursor[] cursors;

    private int nextGroup;

    /** Rows of the group that come behind the present one. */
    private long left;

    private long row = -1;

    /** Whether the cursors are in a group. */
    private boolean isOpen;

    ParquetRows(final Path path, final RandomAccessFile file, final Footer footer, final int[] columns) {
        this.path = path;
        this.file = file;
        this.footer = footer;
        this.columns = columns;
        cursors = new ColumnCursor[columns.length];
    }

    /** @return whether there is another row, which is then the present one */
    public boolean next() throws IOException {
        return moveTo(row + 1);
    }

    /**
     * Goes forward; groups of rows that lie between are not read.
     *
     * @param target number of a row, from 0, not before the present one
     * @return whether there is such a row, which is then the present one
     */
    public boolean moveTo(final long target) throws IOException {
        return guarded(-1, () -> {
            while (target > row + left) {
                leaveGroup();
                if (nextGroup == footer.groups().size()) {
                    return false;
                }
                final RowGroup group = footer.groups().get(nextGroup++);
                if (target > row + group.getNum_rows()) {
                    row += group.getNum_rows();
                } else if (group.getNum_rows() > 0) {
                    open(group);
                    row++;
                    left = group.getNum_rows() - 1;
                }
            }
            for (; row < target; row++, left--) {
                for (ColumnCursor cursor : cursors) {
                    cursor.next();
                }
            }
            return true;
        });
    }

    private void leaveGroup() throws IOException {
        if (isOpen && left == 0) {
            for (ColumnCursor cursor : cursors) {
                cursor.end();
            }
        }
        isOpen = false;
        row += left;
        left = 0;
    }

    private void open(final RowGroup group) throws IOException {
        final var memory = new PageMemory();
        for (int i = 0; i < columns.length; i++) {
            final Schema.Leaf leaf = footer.schema().leaf(columns[i]);
            final ColumnMetaData chunk = footer.chunk(group, columns[i]);
            final var in = new ChunkStream(file, Footer.start(chunk), chunk.getTotal_compressed_size());
            cursors[i] = new ColumnCursor(leaf, new ColumnPages(leaf.descriptor(), chunk, in, memory));
        }
        isOpen = true;
    }

    /** @return number of the present row, from 0 */
    public long row() {
        return row;
    }

    /** @return whether the present row has no value in a column, or no list, which is not an empty one */
    public boolean isNull(final int column) throws IOException {
        return guarded(column, () -> cursors[column].isNull());
    }

    /** @return the value of a column of bytes or text, null if there is none */
    public byte[] bytes(final int column) throws IOException {
        return isNull(column) ? null : guarded(column, () -> cursors[column].bytes()); // NOSONAR no value is not no bytes
    }

    /** @return the value of a column of bytes or text as text, null if there is none */
    public String text(final int column) throws IOException {
        return isNull(column) ? null : guarded(column, () -> cursors[column].text());
    }

    /** @return the value of a column of whole numbers, or 0 and 1 for false and true; to be asked only where there is one */
    public long integer(final int column) throws IOException {
        return guarded(column, () -> cursors[column].integer());
    }

    /** @return the value of a column of numbers, whole or not; to be asked only where there is one */
    public double number(final int column) throws IOException {
        return guarded(column, () -> cursors[column].number());
    }

    /**
     * Reads the list of the present row, which can be read once.
     *
     * @param column of lists of numbers
     * @param target receives its first elements as float32, as many as it can hold; those that are null are left out, without a gap being closed
     * @return how many elements there are; none also where there is no list, see {@link #isNull}
     */
    public ListExtent list(final int column, final float[] target) throws IOException {
        return guarded(column, () -> cursors[column].list(target));
    }

    private <T> T guarded(final int column, final Value<T> value) throws IOException {
        try {
            return value.get();
        } catch (UncheckedIOException e) {
            throw DamagedFileException.named(path, e.getCause());
        } catch (IOException | RuntimeException e) { // NOSONAR the library throws anything on damaged data
            if (rootOf(e) instanceof DamagedFileException damaged) {
                throw DamagedFileException.named(path, damaged);
            }
            throw DamagedFileException.named(path, DamagedFileException.because("Row %d%s cannot be decoded (%s).".formatted(row,
                column < 0 ? "" : " of column '" + footer.schema().columns().get(columns[column]).name() + "'", rootOf(e))));
        }
    }

    private static Throwable rootOf(final Throwable e) {
        return e.getCause() == null || e.getCause() == e ? e : rootOf(e.getCause());
    }
}
