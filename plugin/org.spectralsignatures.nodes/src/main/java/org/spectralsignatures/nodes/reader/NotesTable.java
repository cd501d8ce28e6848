package org.spectralsignatures.nodes.reader;

import java.util.List;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;

/** A table of the sentences of which the node's warning is made, which it keeps for its view. */
final class NotesTable {

    private static final Column<String> NOTE = Column.text("Note");

    private static final TableSchema SCHEMA = TableSchema.of(NOTE);

    private NotesTable() {
    }

    static BufferedDataTable write(final List<String> notes, final ExecutionContext exec) {
        final TableWriter table = SCHEMA.writer(exec);
        int row = 0;
        for (String note : notes) {
            table.add("Row" + row++, NOTE.of(note));
        }
        return table.table();
    }

    static List<String> read(final BufferedDataTable notes) {
        return SCHEMA.reader(notes).list(row -> row.get(NOTE));
    }
}
