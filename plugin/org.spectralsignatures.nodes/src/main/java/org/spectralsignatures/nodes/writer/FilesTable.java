package org.spectralsignatures.nodes.writer;

import java.util.List;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.writer.SetImage;
import org.spectralsignatures.writer.WrittenFile;

/** The table that says where each image was written. */
final class FilesTable {

    private static final String KEPT = "kept";

    private static final String REMOVED = "removed";

    private static final Column<String> FILE = Column.text("File");

    private static final Column<Integer> RECORD = Column.integer("Record");

    private static final Column<String> PART = Column.text("Part").listing(List.of(KEPT, REMOVED));

    /** A row an image. */
    static final TableSchema SCHEMA = TableSchema.of(FILE, RECORD, PART);

    private final TableWriter m_table;

    FilesTable(final ExecutionContext exec) {
        m_table = SCHEMA.writer(exec);
    }

    /** @param file null if the image is only listed */
    void add(final SetImage image, final WrittenFile file) {
        m_table.add(image.key(), FILE.of(file == null ? null : file.file()), RECORD.of(file == null ? null : file.record()),
            PART.of(image.removed() ? REMOVED : KEPT));
    }

    BufferedDataTable table() {
        return m_table.table();
    }
}
