package org.spectralsignatures.representation.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.numpy.ArrayContent;
import org.spectralsignatures.numpy.FlagContent;
import org.spectralsignatures.numpy.NumpyWriter;
import org.spectralsignatures.numpy.TextContent;
import org.spectralsignatures.representation.LabelledRows;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.storage.FileSpace;
import org.spectralsignatures.storage.WholeFile;

/**
 * Writes vectors with their labels and keys, for other programs and for {@link VectorFile}, which reads the same bits again.
 *
 * @param file to be written
 * @param format of it
 * @param replaces whether files that are there may be replaced
 */
public record VectorFileWriter(Path file, Format format, boolean replaces) {

    private static final String LABELS = "labels";

    private static final String KEYS = "ids";

    /** How vectors are written. */
    public enum Format {

        /** NumPy's archive of the arrays {@code activations}, {@code labels}, {@code ids} and, where it is known, {@code poisoned}. */
        NPZ,

        /** NumPy's file of the vectors, and two beside it for labels and keys. */
        NPY,

        /** A table with a column of lists. */
        PARQUET,

        /** A table as text. */
        CSV;

        /** @return how names of such files end */
        public String ending() {
            return "." + name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Looks, before anything is computed, whether the vectors can be written.
     *
     * @throws IOException if the name belongs to another format, its folder does not exist, or something is there that must not be replaced
     */
    public void check() throws IOException {
        final String name = file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        for (Format other : Format.values()) {
            if (other != format && name.endsWith(other.ending())) {
                throw new IOException("'%s' ends in '%s', but the format is %s. Choose that format, or another name.".formatted(file, other.ending(), format));
            }
        }
        for (Path each : files()) {
            WholeFile.check(each, replaces);
        }
    }

    /** @return what is written: the file of vectors, and those beside it */
    public List<Path> files() {
        return format == Format.NPY ? List.of(file, beside(LABELS), beside(KEYS)) : List.of(file);
    }

    private Path beside(final String what) {
        final String name = String.valueOf(file.getFileName());
        final boolean hasEnding = name.toLowerCase(Locale.ROOT).endsWith(Format.NPY.ending());
        return file.resolveSibling((hasEnding ? name.substring(0, name.length() - Format.NPY.ending().length()) : name) + "-" + what + Format.NPY.ending());
    }

    /**
     * @param matrix the vectors, {@code [n, d]}
     * @param rows what belongs to its rows
     * @param monitor progress and cancellation
     * @return number of rows with an infinite value or one that is not a number, which are written as they are
     * @throws IOException if they cannot be written; then nothing is
     */
    public long write(final NpyMatrix matrix, final LabelledRows rows, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        check();
        monitor.progress(0, "Writing the vectors");
        if (format == Format.CSV || format == Format.PARQUET) {
            return writeTable(matrix, rows, monitor);
        }
        final var vectors = new MatrixContent(matrix);
        final int n = rows.labels().length;
        final Map<String, ArrayContent> arrays = new LinkedHashMap<>();
        arrays.put("activations", vectors);
        arrays.put(LABELS, TextContent.of("label", n, i -> rows.classes().get(rows.labels()[i]), monitor));
        arrays.put(KEYS, TextContent.of("row key", n, rows.keys()::get, monitor));
        if (rows.poisoned() != null && format == Format.NPZ) {
            arrays.put("poisoned", new FlagContent(rows.poisoned(), n));
        }
        FileSpace.check(file, NumpyWriter.bytes(arrays.values()));
        if (format == Format.NPZ) {
            WholeFile.write(file, replaces, partial -> NumpyWriter.writeArchive(partial, arrays, monitor));
        } else {
            writeArrays(List.copyOf(arrays.values()), monitor);
        }
        return vectors.rowsNotFinite();
    }

    private long writeTable(final NpyMatrix matrix, final LabelledRows rows, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final var count = new long[1];
        if (format == Format.PARQUET) {
            FileSpace.check(file, matrix.rows() * matrix.columns() * Float.BYTES);
            final var table = new ParquetVectorsWriter(matrix, rows, monitor);
            WholeFile.write(file, replaces, partial -> count[0] = table.write(partial));
        } else {
            final var text = new CsvVectorsWriter(matrix, rows, monitor);
            WholeFile.write(file, replaces, partial -> count[0] = text.write(partial));
        }
        return count[0];
    }

    /** The vectors get their name last: where they are, labels and keys are. */
    private void writeArrays(final List<ArrayContent> arrays, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final List<Path> made = new ArrayList<>();
        boolean complete = false;
        try {
            WholeFile.write(file, replaces, vectors -> {
                WholeFile.write(beside(LABELS), replaces, labels -> {
                    WholeFile.write(beside(KEYS), replaces, keys -> {
                        final Map<Path, ArrayContent> files = new LinkedHashMap<>();
                        final List<Path> paths = List.of(vectors, labels, keys);
                        for (int i = 0; i < paths.size(); i++) {
                            files.put(paths.get(i), arrays.get(i));
                        }
                        NumpyWriter.writeArrays(files, monitor);
                    });
                    made.add(beside(KEYS));
                });
                made.add(beside(LABELS));
            });
            complete = true;
        } finally {
            if (!complete && !replaces) {
                for (Path each : made) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
