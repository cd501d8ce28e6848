package org.spectralsignatures.nodes.writer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** What a table says in words: a line for each text, with the name of its column, and an empty one between rows. */
final class ConclusionText {

    /** Verdicts of so many classes may be connected, but no images by mistake. */
    private static final int MOST_ROWS = 10_000;

    private ConclusionText() {
    }

    /** @throws InvalidSettingsException if the table has no texts */
    static void check(final DataTableSpec spec) throws InvalidSettingsException {
        if (texts(spec).length == 0) {
            throw new InvalidSettingsException("The input 'Conclusion' has no column of strings. Connect the Conclusion or the Verdicts of a Backdoor Auditor.");
        }
    }

    private static int[] texts(final DataTableSpec spec) {
        return IntStream.range(0, spec.getNumColumns()).filter(c -> spec.getColumnSpec(c).getType().isCompatible(StringValue.class)).toArray();
    }

    static List<String> lines(final BufferedDataTable table, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (table.size() > MOST_ROWS) {
            throw new IOException(String.format(Locale.ROOT, "The input 'Conclusion' has %,d rows, but at most %,d are written. Connect the Conclusion or the"
                + " Verdicts of a Backdoor Auditor.", table.size(), MOST_ROWS));
        }
        final DataTableSpec spec = table.getDataTableSpec();
        final int[] texts = texts(spec);
        final List<String> lines = new ArrayList<>();
        try (var rows = table.filter(TableFilter.materializeCols(texts)).iterator()) {
            while (rows.hasNext()) {
                monitor.checkCancelled();
                if (!lines.isEmpty()) {
                    lines.add("");
                }
                lines.addAll(lines(rows.next(), texts, spec));
            }
        }
        return lines;
    }

    private static List<String> lines(final DataRow row, final int[] texts, final DataTableSpec spec) {
        final List<String> lines = new ArrayList<>();
        for (int c : texts) {
            final DataCell cell = row.getCell(c);
            if (!cell.isMissing()) {
                lines.add("%s: %s".formatted(spec.getColumnSpec(c).getName(), ((StringValue)cell).getStringValue()));
            }
        }
        return lines;
    }
}
