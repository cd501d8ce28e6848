package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table that a test workflow has to make. It is compared in the columns that the file has, row by row.
 *
 * @param file its name
 * @param node name and number of the node
 * @param port name of the node's output
 * @param absolute how far a number may be off
 * @param relative how far it may be off besides, as a share of the expected one
 */
record ExpectedTable(String file, String node, String port, double absolute, double relative) {

    static ExpectedTable of(final CSVRecord row) {
        return new ExpectedTable(row.get("file"), row.get("node"), row.get("port"), Double.parseDouble(row.get("absolute")),
            Double.parseDouble(row.get("relative")));
    }

    void compare(final CSVParser expected, final Run run) throws Exception {
        final List<String> columns = expected.getHeaderNames();
        final List<CSVRecord> rows = expected.getRecords();
        final List<CSVRecord> found = run.table(node, port);
        assertEquals(rows.stream().map(r -> r.get(columns.get(0))).toList(), found.stream().map(r -> r.get(columns.get(0))).toList(), file);
        for (int i = 0; i < rows.size(); i++) {
            for (String column : columns) {
                compare(rows.get(i).get(column), found.get(i).get(column), "%s, row '%s', column '%s'".formatted(file, rows.get(i).get(0), column));
            }
        }
    }

    private void compare(final String expected, final String found, final String where) {
        if (isNumber(expected) && isNumber(found)) {
            final double number = Double.parseDouble(expected);
            final double off = Math.abs(Double.parseDouble(found) - number);
            assertTrue(off <= absolute + relative * Math.abs(number), () -> "%s: %s is not %s".formatted(where, found, expected));
        } else {
            assertEquals(expected, found, where);
        }
    }

    private static boolean isNumber(final String text) {
        return text.matches("-?[0-9.]+([eE]-?[0-9]+)?");
    }
}
