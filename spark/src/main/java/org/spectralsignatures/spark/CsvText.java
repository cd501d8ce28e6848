package org.spectralsignatures.spark;

import java.util.List;
import java.util.stream.Collectors;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A small table as CSV. A text that a spreadsheet would run as a formula has an apostrophe in front. */
public final class CsvText {

    private CsvText() {
    }

    /**
     * @param schema its columns
     * @param rows of it
     * @return with a line of names
     */
    public static String of(final StructType schema, final List<Row> rows) {
        final var text = new StringBuilder(List.of(schema.fieldNames()).stream().map(CsvText::cell).collect(Collectors.joining(","))).append('\n');
        for (Row row : rows) {
            for (int c = 0; c < row.size(); c++) {
                text.append(c == 0 ? "" : ",").append(row.get(c) instanceof String s ? cell(s) : row.isNullAt(c) ? "" : row.get(c));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String cell(final String value) {
        final String safe = value.matches("(?s)'*[=+\\-@\\t\\r\\n].*") && !value.matches("[+-]?[0-9]+(\\.[0-9]+)?") ? "'" + value : value;
        return safe.matches("(?s).*[\",;\\t\\r\\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
