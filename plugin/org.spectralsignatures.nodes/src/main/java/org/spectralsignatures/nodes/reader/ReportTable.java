package org.spectralsignatures.nodes.reader;

import java.util.List;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.reader.ReportLine;

/** The table that says what happened to each image and file of a set. */
final class ReportTable {

    private static final Column<String> LABEL = Column.text("Label");

    private static final Column<String> ENDING = Column.text("Ending");

    private static final Column<String> OUTCOME = Column.text("Outcome");

    private static final Column<Integer> COUNT = Column.integer("Count");

    private static final Column<String> SMALLEST = Column.text("Smallest");

    private static final Column<String> LARGEST = Column.text("Largest");

    private static final Column<String> FIRST = Column.text("First");

    /** A row for each class, ending and outcome. */
    static final TableSchema SCHEMA = TableSchema.of(LABEL, ENDING, OUTCOME, COUNT, SMALLEST, LARGEST, FIRST);

    private ReportTable() {
    }

    static BufferedDataTable write(final List<ReportLine> lines, final ExecutionContext exec) {
        final TableWriter table = SCHEMA.writer(exec);
        for (int i = 0; i < lines.size(); i++) {
            final ReportLine line = lines.get(i);
            table.add("Row" + i, LABEL.of(line.label()), ENDING.of(line.ending()), OUTCOME.of(line.outcome()), COUNT.of(line.count()),
                SMALLEST.of(size(line.smallest())), LARGEST.of(size(line.largest())), FIRST.of(line.first()));
        }
        return table.table();
    }

    private static String size(final ImageShape shape) {
        return shape == null ? null : shape.width() + " x " + shape.height();
    }
}
