package org.spectralsignatures.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;

/** What the end of a Parquet file says of it, once it was found to fit the file. */
final class Footer {

    private static final int MARK_BYTES = 4;

    private static final String MARK = "PAR1";

    private static final String ENCRYPTED = "PARE";

    /** The longest footer that is read: 256 MiB. */
    private static final int MOST_BYTES = 1 << 28;

    private final FileMetaData metadata;

    private final Schema schema;

    private final long end;

    private Footer(final FileMetaData metadata, final long end) throws IOException {
        this.metadata = metadata;
        this.end = end;
        schema = new Schema(metadata.getSchema());
        long rows = 0;
        for (RowGroup group : metadata.getRow_groups()) {
            rows = Math.addExact(rows, group.getNum_rows());
            require(group.getNum_rows() >= 0 && group.getColumns() != null && group.getColumns().size() == schema.columns().size(), "A group of rows lacks columns");
        }
        require(rows == metadata.getNum_rows(), "It says that it has %d rows, but its groups have %d".formatted(metadata.getNum_rows(), rows));
    }

    /**
     * @param file opened
     * @return its footer
     * @throws IOException if it is no Parquet file or its footer cannot be right; the message does not name the file
     */
    static Footer read(final RandomAccessFile file) throws IOException {
        final long length = file.length();
        if (length < 3 * MARK_BYTES || !mark(file, 0).startsWith("PAR")) {
            throw DamagedFileException.notRead(noParquet(file, length));
        }
        final String mark = mark(file, length - MARK_BYTES);
        if (mark.equals(ENCRYPTED) || mark(file, 0).equals(ENCRYPTED)) {
            throw DamagedFileException.notRead("It is encrypted. Decrypt it first.");
        }
        require(mark.equals(MARK), "It is cut off");
        file.seek(length - 2 * MARK_BYTES);
        final int size = Integer.reverseBytes(file.readInt());
        require(size > 0 && size <= Math.min(MOST_BYTES, length - 3 * MARK_BYTES), "Its footer has %d bytes".formatted(size));
        final long start = length - 2 * MARK_BYTES - size;
        final byte[] bytes = new ChunkStream(file, start, size).take(size);
        return new Footer(Thrift.read(new FileMetaData(), new ByteArrayInputStream(bytes), size), start);
    }

    private static String noParquet(final RandomAccessFile file, final long length) throws IOException {
        if (length == 0) {
            return "It is empty.";
        }
        return length >= MARK_BYTES && mark(file, 0).equals("vers") ? "It is no Parquet file but names one that Git LFS keeps. Run 'git lfs pull' in its folder."
            : "It is no Parquet file.";
    }

    private static String mark(final RandomAccessFile file, final long position) throws IOException {
        final var bytes = new byte[MARK_BYTES];
        file.seek(position);
        file.readFully(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void require(final boolean right, final String wrong) throws IOException {
        if (!right) {
            throw DamagedFileException.because(wrong + ".");
        }
    }

    long rows() {
        return metadata.getNum_rows();
    }

    Schema schema() {
        return schema;
    }

    /** @return what writers note, by key */
    Map<String, String> notes() {
        final var notes = new HashMap<String, String>();
        if (metadata.getKey_value_metadata() != null) {
            for (KeyValue note : metadata.getKey_value_metadata()) {
                notes.put(note.getKey(), note.getValue());
            }
        }
        return notes;
    }

    /** @return the groups of rows, in their order */
    List<RowGroup> groups() {
        return metadata.getRow_groups();
    }

    /**
     * @param group of rows
     * @param column by index
     * @return where it lies, which is within the file
     */
    ColumnMetaData chunk(final RowGroup group, final int column) throws IOException {
        final ColumnChunk chunk = group.getColumns().get(column);
        if (chunk.isSetFile_path()) {
            throw DamagedFileException.notRead("Its values lie in another file, '%s', which is not opened.".formatted(chunk.getFile_path()));
        }
        final ColumnMetaData found = chunk.getMeta_data();
        require(found != null, "It lacks a column");
        final ParquetColumn expected = schema.columns().get(column);
        require(expected.path().equals(found.getPath_in_schema()), "A column is named %s, but should be %s".formatted(found.getPath_in_schema(), expected.path()));
        final long start = start(found);
        require(start >= MARK_BYTES && found.getTotal_compressed_size() >= 0 && start <= end && found.getTotal_compressed_size() <= end - start,
            "Column '%s' reaches beyond the file".formatted(expected.name()));
        final boolean fits = found.getNum_values() == group.getNum_rows() || expected.isRepeated() && found.getNum_values() >= group.getNum_rows();
        require(fits, "Column '%s' has %d values in %d rows".formatted(expected.name(), found.getNum_values(), group.getNum_rows()));
        return found;
    }

    /** @return the first byte of a column */
    static long start(final ColumnMetaData chunk) {
        final long dictionary = chunk.getDictionary_page_offset();
        return chunk.isSetDictionary_page_offset() && dictionary > 0 ? Math.min(dictionary, chunk.getData_page_offset()) : chunk.getData_page_offset();
    }
}
