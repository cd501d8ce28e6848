package org.spectralsignatures.host.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.host.workflow.WorkflowNode;

/** Shows tables to the user: all of them as CSV files, the last one on the console. */
final class TableOutput {

    private TableOutput() {
    }

    /**
     * Writes a table as {@code DIR/<Node name> (#id)/<port>.csv}; missing cells are empty. The file appears when it is complete.
     *
     * @return the file
     */
    static Path write(final BufferedDataTable table, final WorkflowNode node, final String port, final Path directory) throws IOException {
        final Path folder = Files.createDirectories(directory.resolve(node.label().replace(':', '_')));
        final Path file = folder.resolve(port.replaceAll("[\\\\/:*?\"<>|]", "_") + ".csv");
        final Path partial = folder.resolve(file.getFileName() + ".part");
        try {
            try (var csv = new CSVPrinter(Files.newBufferedWriter(partial, StandardCharsets.UTF_8), CSVFormat.RFC4180)) {
                final List<Object> header = new ArrayList<>(List.of("Row ID"));
                header.addAll(Arrays.asList(table.getDataTableSpec().getColumnNames()));
                csv.printRecord(header);
                for (DataRow row : table) {
                    final List<Object> record = new ArrayList<>();
                    record.add(row.getKey().getString());
                    for (DataCell cell : row) {
                        record.add(cell.isMissing() ? "" : cell.toString());
                    }
                    csv.printRecord(record);
                }
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
        return file;
    }

    /** Prints a small table with aligned columns. */
    static void print(final BufferedDataTable table, final PrintStream out) {
        final List<List<String>> lines = new ArrayList<>();
        final List<String> header = new ArrayList<>(List.of(""));
        header.addAll(Arrays.asList(table.getDataTableSpec().getColumnNames()));
        lines.add(header);
        for (DataRow row : table) {
            final List<String> line = new ArrayList<>(List.of(row.getKey().getString()));
            row.forEach(cell -> line.add(text(cell)));
            lines.add(line);
        }
        print(lines, out);
    }

    /** Prints lines of cells, the first column to the left, the others to the right. */
    static void print(final List<List<String>> lines, final PrintStream out) {
        final var widths = new int[lines.get(0).size()];
        lines.forEach(line -> {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], line.get(c).length());
            }
        });
        lines.forEach(line -> {
            final var text = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                final String padding = " ".repeat(widths[c] - line.get(c).length());
                text.append(c == 0 ? line.get(c) + padding : "  " + padding + line.get(c));
            }
            out.println(text);
        });
    }

    private static String text(final DataCell cell) {
        if (!cell.isMissing() && cell instanceof DoubleValue number && !(cell instanceof IntValue)) {
            return String.format(Locale.ROOT, "%.4f", number.getDoubleValue());
        }
        return cell.toString();
    }
}
