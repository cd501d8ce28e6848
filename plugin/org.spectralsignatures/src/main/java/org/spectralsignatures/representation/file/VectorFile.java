package org.spectralsignatures.representation.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.numpy.NumpyArrays;
import org.spectralsignatures.parquet.ParquetTable;
import org.spectralsignatures.representation.LabelledRows;
import org.spectralsignatures.representation.RepresentationBuilder;

/** A file of vectors that no network of ours computed, of a kind that is told by how it begins; or a folder of Parquet files. */
public final class VectorFile {

    private final Path path;

    private final VectorSource source;

    private VectorFile(final Path path, final VectorSource source) {
        this.path = path;
        this.source = source;
    }

    /**
     * Looks at a file.
     *
     * @param options which file or folder, and what to read of it
     * @return the file, whose vectors were not read yet
     * @throws IOException if it holds no vectors; the message names it
     */
    public static VectorFile open(final VectorFileOptions options) throws IOException {
        final Path path = options.path();
        if (!Files.exists(path)) {
            throw new IOException("The file '%s' does not exist.".formatted(path));
        }
        return new VectorFile(path, Files.isDirectory(path) ? new ParquetVectorFolder(options) : source(options));
    }

    private static VectorSource source(final VectorFileOptions options) throws IOException {
        final Path path = options.path();
        if (NumpyArrays.recognises(path) || hasEnding(path, ".npy", ".npz")) {
            return new NumpyVectors(options);
        }
        return ParquetTable.recognises(path) || hasEnding(path, ".parquet", ".pq") ? new ParquetVectors(options) : new CsvVectors(options);
    }

    private static boolean hasEnding(final Path path, final String... endings) {
        return Stream.of(endings).anyMatch(String.valueOf(path.getFileName())::endsWith);
    }

    /** @return what the vectors are called */
    public String name() {
        return source.name();
    }

    /**
     * @return d
     * @throws IOException if a row has no values, or more than can be scored
     */
    public int dimensions() throws IOException {
        if (source.dimensions() < 1 || source.dimensions() > 1 << 28) {
            throw new IOException("'%s' has %d values a row, but must have 1 to %d.".formatted(path, source.dimensions(), 1 << 28));
        }
        return (int)source.dimensions();
    }

    /** @return how it was understood, complete once it was read */
    public List<String> notes() {
        return source.notes();
    }

    /**
     * Reads all vectors into a matrix.
     *
     * @param target receives them as float32, {@code [n, d]}
     * @param monitor progress and cancellation
     * @return what belongs to its rows
     * @throws IOException if something cannot be used; the message names the file and the row
     */
    public LabelledRows read(final Path target, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        try (var builder = new RepresentationBuilder(target, source.rows(monitor), dimensions(), monitor)) {
            source.read(builder, monitor);
            return builder.finish();
        } catch (IOException e) {
            throw e.getMessage() != null && e.getMessage().contains(path.toString()) ? e : new IOException("'%s': %s".formatted(path, e.getMessage()), e);
        }
    }
}
