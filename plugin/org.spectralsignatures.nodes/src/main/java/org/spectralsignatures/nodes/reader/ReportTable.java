package org.spectralsignatures.nodes.reader;

import java.util.List;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.reader.Finding;
import org.spectralsignatures.reader.ReadReport;
import org.spectralsignatures.reader.ReportLine;

/** The table that says what happened to each image and file of a set, and behind that what is to be known of the images. */
final class ReportTable {

    static final Column<String> LABEL = Column.text("Label");

    static final Column<String> ENDING = Column.text("Ending");

    static final Column<String> OUTCOME = Column.text("Outcome");

    static final Column<Integer> COUNT = Column.integer("Count");

    static final Column<String> SMALLEST = Column.text("Smallest");

    static final Column<String> LARGEST = Column.text("Largest");

    static final Column<String> FIRST = Column.text("First");

    static final Column<String> DETAILS = Column.text("Details");

    /** A row for each class, ending and outcome, then one for each finding. */
    static final TableSchema SCHEMA = TableSchema.of(LABEL, ENDING, OUTCOME, COUNT, SMALLEST, LARGEST, FIRST, DETAILS);

    private ReportTable() {
    }

    static BufferedDataTable write(final ReadReport report, final ExecutionContext exec) {
        final TableWriter table = SCHEMA.writer(exec);
        int row = 0;
        for (ReportLine line : report.lines()) {
            table.add("Row" + row++, LABEL.of(line.label()), ENDING.of(line.ending()), OUTCOME.of(line.outcome()), COUNT.of(line.count()),
                SMALLEST.of(size(line.smallest())), LARGEST.of(size(line.largest())), FIRST.of(line.first()), DETAILS.of(line.details()));
        }
        for (Finding finding : report.findings()) {
            table.add("Row" + row++, LABEL.of(finding.label()), ENDING.of(null), OUTCOME.of(finding.kind()), COUNT.of(finding.count()),
                SMALLEST.of(size(finding.smallest())), LARGEST.of(size(finding.largest())), FIRST.of(finding.first()), DETAILS.of(finding.details()));
        }
        return table.table();
    }

    /**
     * A row.
     *
     * @param label the class; null where it is about no class
     * @param ending of the files' names; null in a finding
     * @param outcome what happened, or what was found
     * @param count of images, files or sizes
     * @param smallest size, for example {@code 16 x 16}; null where sizes do not matter
     * @param largest size
     * @param first path of the first file, null if there is none
     * @param details in words; null for none
     */
    record Row(String label, String ending, String outcome, int count, String smallest, String largest, String first, String details) {
    }

    static List<Row> read(final BufferedDataTable report) {
        return SCHEMA.reader(report).list(row -> new Row(row.find(LABEL), row.find(ENDING), row.get(OUTCOME), row.get(COUNT), row.find(SMALLEST),
            row.find(LARGEST), row.find(FIRST), row.find(DETAILS)));
    }

    private static String size(final ImageShape shape) {
        return shape == null ? null : shape.width() + " x " + shape.height();
    }
}
