package org.spectralsignatures.representation.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.parquet.ParquetListWriter;
import org.spectralsignatures.representation.LabelledRows;
import org.spectralsignatures.representation.NpyMatrix;

/** Writes vectors as a Parquet file: a column {@code activations} of lists of float32, and {@code id}, {@code label}, and {@code poisoned} where that is known. */
final class ParquetVectorsWriter {

    private static final int ROWS_A_REPORT = 1000;

    private final NpyMatrix matrix;

    private final LabelledRows rows;

    private final TaskMonitor monitor;

    ParquetVectorsWriter(final NpyMatrix matrix, final LabelledRows rows, final TaskMonitor monitor) {
        this.matrix = matrix;
        this.rows = rows;
        this.monitor = monitor;
    }

    /**
     * @param file to be created or replaced
     * @return number of rows with an infinite value or one that is not a number
     * @throws IOException if it cannot be written, or would not keep a label or key; the message names it
     */
    long write(final Path file) throws IOException, TaskCancelledException {
        for (String name : rows.classes()) {
            checkKept("label", name);
        }
        final boolean hasFlags = rows.poisoned() != null;
        long rowsNotFinite = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                var table = new ParquetListWriter(out, "activations", matrix.columns(), List.of("id", "label"), hasFlags ? List.of("poisoned") : List.of())) {
            final float[] row = new float[matrix.columns()];
            for (int i = 0; i < matrix.rows(); i++) {
                monitor.checkCancelled();
                if (i % ROWS_A_REPORT == 0) {
                    monitor.progress((double)i / matrix.rows(), "Row %d of %d".formatted(i, matrix.rows()));
                }
                matrix.readRow(i, row);
                rowsNotFinite += isFinite(row) ? 0 : 1;
                checkKept("row key", rows.keys().get(i));
                monitor.checkCancelled(); // a row may be long
                final List<String> texts = List.of(rows.keys().get(i), rows.classes().get(rows.labels()[i]));
                table.add(row, texts, hasFlags ? new boolean[]{rows.poisoned().get(i)} : new boolean[0]);
            }
        }
        return rowsNotFinite;
    }

    private static boolean isFinite(final float[] row) {
        for (float value : row) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static void checkKept(final String what, final String text) throws IOException {
        if (text.isBlank() || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IOException("The %s '%s' %s, which a Parquet file does not keep. Choose a NumPy format, or change it.".formatted(what, text.replaceAll("\\p{C}", "?"),
                text.isBlank() ? "is empty" : "holds half a character"));
        }
    }
}
