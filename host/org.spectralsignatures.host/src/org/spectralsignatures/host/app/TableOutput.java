package org.spectralsignatures.host.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.LongValue;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.host.files.PartialFile;
import org.spectralsignatures.host.text.CsvLines;
import org.spectralsignatures.host.text.CsvText;
import org.spectralsignatures.host.text.SafeName;
import org.spectralsignatures.host.text.VisibleText;
import org.spectralsignatures.host.workflow.WorkflowNode;

/** Shows tables to the user: all of them as CSV files, the last one on the console. */
final class TableOutput {

    /** With four decimals a smaller number would look like 0. */
    private static final double SMALLEST = 5e-5;

    private TableOutput() {
    }

    /**
     * @return {@code DIR/<Node name> (#id)/<port>.csv}; the id keeps nodes apart that have the same name, and no name leads out of the folder
     */
    static Path file(final WorkflowNode node, final int port, final Path directory) {
        final var names = new ArrayList<String>();
        for (int i = 0; i <= port; i++) {
            final String name = SafeName.of(node.node().getFactory().getOutportName(i));
            names.add(names.stream().anyMatch(name::equalsIgnoreCase) ? name + " (" + (i + 1) + ")" : name);
        }
        return directory.resolve(SafeName.of(node.name()) + " (#" + node.path().replace(':', '_') + ")").resolve(names.get(port) + ".csv");
    }

    /** Writes a table; missing cells are empty, texts as {@link CsvText} says. The file appears when it is complete. */
    static void write(final BufferedDataTable table, final Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (var partial = new PartialFile(file)) {
            try (var csv = new CsvLines(partial.text())) {
                final List<String> header = new ArrayList<>(List.of("Row ID"));
                Arrays.stream(table.getDataTableSpec().getColumnNames()).map(CsvText::write).forEach(header::add);
                csv.write(header);
                for (DataRow row : table) {
                    final List<String> record = new ArrayList<>();
                    record.add(CsvText.write(row.getKey().getString()));
                    for (DataCell cell : row) {
                        record.add(csv(cell));
                    }
                    csv.write(record);
                }
            }
            partial.complete();
        }
    }

    /** @return what stands for a cell in a CSV file */
    static String csv(final DataCell cell) {
        if (cell.isMissing()) {
            return "";
        }
        final boolean number = cell instanceof DoubleValue || cell instanceof IntValue || cell instanceof LongValue || cell instanceof BooleanValue;
        return number ? cell.toString() : CsvText.write(cell.toString());
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
    static void print(final List<List<String>> cells, final PrintStream out) {
        final List<List<String>> lines = cells.stream().map(line -> line.stream().map(VisibleText::line).toList()).toList();
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
            out.println(text.toString());
        });
    }

    private static String text(final DataCell cell) {
        if (!cell.isMissing() && cell instanceof DoubleValue number && !(cell instanceof IntValue)) {
            final double value = number.getDoubleValue();
            return String.format(Locale.ROOT, value != 0 && Math.abs(value) < SMALLEST ? "%.1e" : "%.4f", value);
        }
        return cell.toString();
    }
}
