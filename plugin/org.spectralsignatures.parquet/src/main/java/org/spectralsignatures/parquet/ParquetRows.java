package org.spectralsignatures.parquet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * The rows of some columns of a {@link ParquetTable}, one after the other. Columns are told by their place among those that were asked for.
 * Every method throws an {@link IOException} that names the file, and where in it is what is wrong.
 */
public final class ParquetRows {

    /** One of a library's functions that throw anything on damaged data. */
    private interface Value<T> {
        T get() throws IOException;
    }

    /** Which writer it was matters to an encoding only that is not read. */
    private static final ParsedVersion ANY_WRITER = new ParsedVersion("any", null, null);

    private final Path path;

    private final RandomAccessFile file;

    private final Footer footer;

    private final int[] columns;

    private final ColumnReader[] readers;

    private int nextGroup;

    /** Rows of the group that come behind the present one. */
    private long left;

    private long row = -1;

    ParquetRows(final Path path, final RandomAccessFile file, final Footer footer, final int[] columns) {
        this.path = path;
        this.file = file;
        this.footer = footer;
        this.columns = columns;
        readers = new ColumnReader[columns.length];
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
                row += left;
                left = 0;
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
                for (ColumnReader reader : readers) {
                    if (isPresent(reader)) {
                        reader.skip(); // unless it was asked for
                    }
                    reader.consume();
                }
            }
            return true;
        });
    }

    private void open(final RowGroup group) throws IOException {
        for (int i = 0; i < columns.length; i++) {
            final ColumnDescriptor column = footer.schema().descriptor(columns[i]);
            final ColumnMetaData chunk = footer.chunk(group, columns[i]);
            final var in = new ChunkStream(file, Footer.start(chunk), chunk.getTotal_compressed_size());
            readers[i] = new ColumnReaderImpl(column, new ColumnPages(column, chunk, in), new PrimitiveConverter() {
            }, ANY_WRITER);
        }
    }

    private static boolean isPresent(final ColumnReader reader) {
        return reader.getCurrentDefinitionLevel() == reader.getDescriptor().getMaxDefinitionLevel();
    }

    /** @return number of the present row, from 0 */
    public long row() {
        return row;
    }

    /** @return whether the present row has no value in a column */
    public boolean isNull(final int column) throws IOException {
        return guarded(column, () -> !isPresent(readers[column]));
    }

    /** @return the value of a column of bytes or text, null if there is none */
    public byte[] bytes(final int column) throws IOException {
        return isNull(column) ? null : guarded(column, () -> readers[column].getBinary().getBytes()); // NOSONAR no value is not no bytes
    }

    /** @return the value of a column of bytes or text as text, null if there is none */
    public String text(final int column) throws IOException {
        return isNull(column) ? null : guarded(column, () -> readers[column].getBinary().toStringUsingUTF8());
    }

    /** @return the value of a column of whole numbers, or 0 and 1 for false and true; to be asked only where there is one */
    public long integer(final int column) throws IOException {
        return guarded(column, () -> switch (readers[column].getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> (long)readers[column].getInteger();
            case BOOLEAN -> readers[column].getBoolean() ? 1L : 0L;
            default -> readers[column].getLong();
        });
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
