package org.spectralsignatures.nodes.injector;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;

/** A table of the images that a node marked, each beside its original, for the node's view. */
final class MarkedPairs {

    static final Column<DataCell> ORIGINAL = Column.picture("Original");

    static final Column<DataCell> MARKED = Column.picture("Marked");

    static final Column<String> ORIGINAL_KEY = Column.text("Original row ID");

    static final Column<String> ORIGINAL_LABEL = Column.text("Original label");

    static final Column<Integer> PART = Column.integer("Part");

    static final TableSchema SCHEMA = TableSchema.of(ORIGINAL, MARKED, ORIGINAL_KEY, ORIGINAL_LABEL, PART);

    private final ImageTableSpec m_columns;

    private final TableWriter m_table;

    /** No pairs yet, of rows with these columns. */
    MarkedPairs(final ImageTableSpec columns, final ExecutionContext exec) {
        m_columns = columns;
        m_table = SCHEMA.writer(exec);
    }

    /** Adds a row as it was and as it became with a part of the trigger. */
    void add(final DataRow original, final DataRow marked, final int part) {
        m_table.add(marked.getKey().getString(), ORIGINAL.of(original.getCell(m_columns.imageColumn())), MARKED.of(marked.getCell(m_columns.imageColumn())),
            ORIGINAL_KEY.of(original.getKey().getString()), ORIGINAL_LABEL.of(original.getCell(m_columns.labelColumn()).toString()), PART.of(part));
    }

    /** @return all of them, by the keys of the marked rows */
    BufferedDataTable table() {
        return m_table.table();
    }
}
