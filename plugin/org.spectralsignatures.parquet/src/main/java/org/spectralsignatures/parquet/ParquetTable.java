package org.spectralsignatures.parquet;

import java.io.Closeable;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A table in a Parquet file (https://parquet.apache.org/docs/file-format). Values are decoded by Apache's parquet-column; the file is read here,
 * page by page, so that no more than a page of each column lies in memory. Nothing in the file is believed before it is checked, and no
 * other file is opened. For one thread at a time.
 */
public final class ParquetTable implements Closeable {

    private final Path path;

    private final RandomAccessFile file;

    private final Footer footer;

    private ParquetTable(final Path path, final RandomAccessFile file) throws IOException {
        this.path = path;
        this.file = file;
        try {
            footer = Footer.read(file);
        } catch (IOException | RuntimeException e) { // NOSONAR the library throws anything on damaged data
            throw DamagedFileException.named(path, e);
        }
    }

    /**
     * @param path of a regular file
     * @return the table, to be closed
     * @throws IOException if it cannot be opened, is no Parquet file, is damaged or encrypted; the message names it and says what to do
     */
    public static ParquetTable open(final Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("'%s' cannot be read: %s".formatted(path, Files.exists(path) ? "It is no file but a folder, pipe or device." : "It does not exist."));
        }
        final var file = open(path.toFile());
        try {
            return new ParquetTable(path, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static RandomAccessFile open(final File file) throws IOException {
        try {
            return new RandomAccessFile(file, "r");
        } catch (FileNotFoundException e) {
            throw new IOException("'%s' cannot be read: Permission is denied. Change its permissions or copy it.".formatted(file), e);
        }
    }

    /** @return whether a regular file begins as Parquet files do, encrypted ones too */
    public static boolean recognises(final Path path) {
        try (InputStream in = Files.isRegularFile(path) ? Files.newInputStream(path) : InputStream.nullInputStream()) {
            return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).matches("PAR[1E]");
        } catch (IOException e) { // NOSONAR said when it is read
            return false;
        }
    }

    /** @return number of rows */
    public long rows() {
        return footer.rows();
    }

    /** @return the columns that hold values, in their order */
    public List<ParquetColumn> columns() {
        return footer.schema().columns();
    }

    /**
     * @return what Hugging Face's datasets noted of the columns, by name; empty if others wrote the file
     * @throws IOException if the note is damaged; the message names the file
     */
    public Map<String, HuggingFaceFeature> features() throws IOException {
        final String note = footer.notes().get(HuggingFaceFeature.KEY);
        try {
            return note == null ? Map.of() : HuggingFaceFeature.parse(note);
        } catch (IOException e) {
            throw DamagedFileException.named(path, e);
        }
    }

    /**
     * @param columns of this table, with one value or one list of values a row
     * @return the rows, from the first one on
     * @throws IllegalArgumentException if there is no such column, or a row has more than that
     */
    public ParquetRows rows(final List<ParquetColumn> columns) {
        final int[] indices = columns.stream().mapToInt(columns()::indexOf).toArray();
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || columns.get(i).isRepeated() && !columns.get(i).isList()) {
                throw new IllegalArgumentException("'%s' is no column of single values or lists.".formatted(columns.get(i).name()));
            }
        }
        return new ParquetRows(path, file, footer, indices);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
