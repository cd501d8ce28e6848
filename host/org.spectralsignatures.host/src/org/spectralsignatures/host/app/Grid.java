package org.spectralsignatures.host.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.spectralsignatures.host.workflow.WorkflowVariable;

/**
 * A table of runs, read from a CSV file with a header: a column named as a workflow variable sets it, one named
 * {@code ROW|NAME} is copied as NAME beside that row of the results, others beside all rows of the run.
 *
 * @param columns names of the columns
 * @param rows the cells of each run by column
 */
record Grid(List<String> columns, List<Map<String, String>> rows) {

    private static final char ROW = '|';

    /** @throws GridException if the file is no such table */
    static Grid read(final Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new GridException("The grid '" + file + "' does not exist.");
        }
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                var csv = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setIgnoreEmptyLines(true).setTrim(true).build().parse(reader)) {
            final List<String> columns = csv.getHeaderNames();
            final var rows = new ArrayList<Map<String, String>>();
            for (CSVRecord record : csv) {
                if (record.size() != columns.size()) {
                    throw new GridException("'%s', line %d: %d cells, but the header has %d columns.".formatted(file, csv.getCurrentLineNumber(),
                        record.size(), columns.size()));
                }
                rows.add(new LinkedHashMap<>(record.toMap()));
            }
            if (rows.isEmpty()) {
                throw new GridException("The grid '" + file + "' has no rows.");
            }
            return new Grid(columns, rows);
        } catch (IllegalArgumentException e) {
            throw new GridException("The grid '" + file + "' cannot be read: " + e.getMessage());
        }
    }

    /** @return values for the workflow's variables from one row, in place of those with which the workflow is loaded */
    List<WorkflowVariable> variables(final int row, final Map<String, WorkflowVariable> known) {
        final var variables = new ArrayList<WorkflowVariable>();
        for (String column : columns) {
            final WorkflowVariable variable = known.get(column);
            if (variable != null) {
                try {
                    variables.add(WorkflowVariable.parse(column, rows.get(row).get(column), variable.type()));
                } catch (IllegalArgumentException e) {
                    throw new GridException("Row %d of the grid: %s".formatted(row + 1, e.getMessage()));
                }
            }
        }
        return variables;
    }

    /** @return names of the columns that stand beside the results */
    List<String> resultColumns() {
        return columns.stream().map(c -> c.substring(c.indexOf(ROW) + 1)).distinct().toList();
    }

    /** @return what stands in such a column beside a row of the results of a run */
    String beside(final int row, final String column, final String resultRow) {
        final Map<String, String> cells = rows.get(row);
        return cells.getOrDefault(resultRow + ROW + column, cells.getOrDefault(column, ""));
    }
}
