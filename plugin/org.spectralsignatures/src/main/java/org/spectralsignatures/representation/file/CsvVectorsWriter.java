package org.spectralsignatures.representation.file;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.LabelledRows;
import org.spectralsignatures.representation.NpyMatrix;

/**
 * Writes vectors as a table of text (RFC 4180, UTF-8): columns {@code id}, {@code label}, {@code poisoned} where that is known, and the values as
 * {@code 1}, {@code 2} and so on, with as many digits as it takes to read the same bits.
 */
final class CsvVectorsWriter {

    private static final int VALUES_A_CHECK = 1 << 14;

    private static final int ROWS_A_REPORT = 1000;

    private final NpyMatrix matrix;

    private final LabelledRows rows;

    private final TaskMonitor monitor;

    private long rowsNotFinite;

    CsvVectorsWriter(final NpyMatrix matrix, final LabelledRows rows, final TaskMonitor monitor) {
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
        try (BufferedWriter text = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                var out = new CSVPrinter(text, CSVFormat.RFC4180.builder().setRecordSeparator('\n').build())) {
            names(out);
            for (int i = 0; i < matrix.rows(); i++) {
                row(i, out);
                if (i % ROWS_A_REPORT == 0) {
                    monitor.progress((double)i / matrix.rows(), "Row %d of %d".formatted(i, matrix.rows()));
                }
            }
        }
        return rowsNotFinite;
    }

    private void names(final CSVPrinter out) throws IOException, TaskCancelledException {
        out.print("id");
        out.print("label");
        if (rows.poisoned() != null) {
            out.print("poisoned");
        }
        for (int i = 1; i <= matrix.columns(); i++) {
            if (i % VALUES_A_CHECK == 0) {
                monitor.checkCancelled();
            }
            out.print(Integer.toString(i));
        }
        out.println();
    }

    private void row(final int index, final CSVPrinter out) throws IOException, TaskCancelledException {
        monitor.checkCancelled();
        checkKept("row key", rows.keys().get(index));
        out.print(rows.keys().get(index));
        out.print(rows.classes().get(rows.labels()[index]));
        if (rows.poisoned() != null) {
            out.print(Boolean.toString(rows.poisoned().get(index)));
        }
        final FloatBuffer values = matrix.rows(index, 1);
        boolean isFinite = true;
        while (values.hasRemaining()) {
            if (values.position() % VALUES_A_CHECK == 0) {
                monitor.checkCancelled();
            }
            final float value = values.get();
            isFinite &= Float.isFinite(value);
            out.print(digits(value));
        }
        rowsNotFinite += isFinite ? 0 : 1;
        out.println();
    }

    /** Others read a double and round it, which need not give the float whose shortest digits these are. */
    private static String digits(final float value) {
        final String shortest = Float.toString(value);
        return (float)Double.parseDouble(shortest) == value ? shortest : Double.toString(value);
    }

    private static void checkKept(final String what, final String text) throws IOException {
        if (text.isBlank() || !text.equals(text.trim()) || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IOException(("The %s '%s' %s, which a CSV file does not keep. Choose a NumPy format, or change it.").formatted(what,
                text.replaceAll("\\p{C}", "?"), text.isBlank() ? "is empty" : text.equals(text.trim()) ? "holds half a character" : "begins or ends with a blank"));
        }
    }
}
