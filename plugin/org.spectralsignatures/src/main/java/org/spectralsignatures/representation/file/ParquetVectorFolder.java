package org.spectralsignatures.representation.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.parquet.ParquetTable;
import org.spectralsignatures.reader.ParquetFiles;
import org.spectralsignatures.reader.Split;
import org.spectralsignatures.representation.RepresentationBuilder;

/**
 * Vectors in the Parquet files of a folder, which are read one after another in the order of their names, as Spark, Dask and Hugging Face's datasets
 * write a set. Of a set in parts, its training part.
 */
final class ParquetVectorFolder implements VectorSource {

    private final String name;

    private final List<ParquetVectors> files = new ArrayList<>();

    private final List<String> notes = new ArrayList<>();

    private long count;

    ParquetVectorFolder(final VectorFileOptions options) throws IOException {
        final Path folder = options.path();
        name = String.valueOf(folder.getFileName());
        final ParquetFiles found = find(folder);
        int empty = 0;
        Path first = null;
        for (ParquetFiles.Shard shard : found.shards()) {
            if (isEmpty(shard.file())) {
                empty++;
                continue;
            }
            final var file = new ParquetVectors(options.of(shard.file()));
            if (first == null) {
                first = shard.file();
            } else {
                requireSame(first, files.get(0).shape(), shard.file(), file.shape());
            }
            files.add(file);
            count += file.rows(TaskMonitor.none());
        }
        if (first == null) {
            throw new IOException("The %d Parquet files of '%s' have no rows, and so there is nothing to score.".formatted(empty, folder));
        }
        describe(found, empty);
    }

    private static ParquetFiles find(final Path folder) throws IOException {
        try {
            return new ParquetFiles(folder, Split.TRAINING, TaskMonitor.none());
        } catch (TaskCancelledException e) {
            throw new IllegalStateException(e); // that monitor never cancels
        }
    }

    /** Spark writes a file even where none of its rows go. */
    private static boolean isEmpty(final Path file) throws IOException {
        try (ParquetTable table = ParquetTable.open(file)) {
            return table.rows() == 0;
        }
    }

    private static void requireSame(final Path first, final ParquetVectors.Shape wanted, final Path other, final ParquetVectors.Shape shape) throws IOException {
        if (!shape.equals(wanted)) {
            throw new IOException("The files of a folder are read as one set, but '%s' has %s, and '%s' has %s. Put files of different sets into different folders."
                .formatted(first, wanted.text(), other, shape.text()));
        }
    }

    private void describe(final ParquetFiles found, final int empty) {
        notes.add("%,d Parquet file%s read as one set.".formatted(files.size(), files.size() == 1 ? " is" : "s are"));
        if (empty > 0) {
            notes.add("%,d more %s no rows.".formatted(empty, empty == 1 ? "has" : "have"));
        }
        notes.addAll(found.notes());
        if (found.leftOut() > 0) {
            notes.add("%,d of other parts of the set %s not read.".formatted(found.leftOut(), found.leftOut() == 1 ? "is" : "are"));
        }
        final var ofFiles = new LinkedHashSet<String>();
        files.forEach(file -> ofFiles.addAll(file.notes()));
        notes.addAll(ofFiles);
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
        return files.get(0).dimensions();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public void read(final RepresentationBuilder to, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        long before = 0;
        for (ParquetVectors file : files) {
            file.read(to, before);
            before += file.rows(monitor);
        }
    }
}
