package org.spectralsignatures.spark.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Locale;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Files of equally long records of pixels, one after the other in the order of the set, so that any image can be read by its index.
 *
 * @param hadoop configuration of the file system
 * @param folder where they lie
 * @param record bytes of an image
 */
record PackedFiles(SerializableConfiguration hadoop, String folder, int record) implements Serializable {

    Path file(final int part) {
        return new Path(folder, String.format(Locale.ROOT, "part-%05d.pixels", part));
    }

    FileSystem files() throws IOException {
        return new Path(folder).getFileSystem(hadoop.value());
    }

    /**
     * Writes one file, so that it is there as a whole or not at all, however often a task is begun.
     *
     * @param part its number
     * @param rows class, id, label, score, pixels of its images in their order
     * @return for each of them class, id, label, score, part, place in it
     */
    Iterator<Row> write(final int part, final Iterator<Row> rows) throws IOException {
        final FileSystem files = files();
        final Path half = WholeFile.half(file(part), TaskContext.get().taskAttemptId());
        final var written = new ArrayList<Row>();
        try (OutputStream out = files.create(half, true)) {
            while (rows.hasNext()) {
                final Row row = rows.next();
                out.write(row.<byte[]>getAs(4));
                written.add(RowFactory.create(row.getInt(0), row.getString(1), row.getString(2), row.getDouble(3), part, written.size()));
            }
        }
        WholeFile.complete(files, half, file(part));
        return written.iterator();
    }
}
