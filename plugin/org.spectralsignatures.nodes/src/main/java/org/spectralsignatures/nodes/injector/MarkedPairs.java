package org.spectralsignatures.nodes.injector;

import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.ImageTableSpec;

/** A table of the images that a node marked, each beside its original, for the node's view. */
final class MarkedPairs {

    static final int ORIGINAL = 0;

    static final int MARKED = 1;

    static final int ORIGINAL_KEY = 2;

    static final int ORIGINAL_LABEL = 3;

    static final int PART = 4;

    private static final DataTableSpec SPEC = new DataTableSpec(new DataColumnSpecCreator("Original", PNGImageContent.TYPE).createSpec(),
        new DataColumnSpecCreator("Marked", PNGImageContent.TYPE).createSpec(), new DataColumnSpecCreator("Original row ID", StringCell.TYPE).createSpec(),
        new DataColumnSpecCreator("Original label", StringCell.TYPE).createSpec(), new DataColumnSpecCreator("Part", IntCell.TYPE).createSpec());

    private final ImageTableSpec m_columns;

    private final BufferedDataContainer m_container;

    /** No pairs yet, of rows with these columns. */
    MarkedPairs(final ImageTableSpec columns, final ExecutionContext exec) {
        m_columns = columns;
        m_container = exec.createDataContainer(SPEC);
    }

    /** Adds a row as it was and as it became with a part of the trigger. */
    void add(final DataRow original, final DataRow marked, final int part) {
        m_container.addRowToTable(new DefaultRow(marked.getKey(), original.getCell(m_columns.imageColumn()), marked.getCell(m_columns.imageColumn()),
            new StringCell(original.getKey().getString()), new StringCell(original.getCell(m_columns.labelColumn()).toString()), new IntCell(part)));
    }

    /** @return all of them, by the keys of the marked rows */
    BufferedDataTable table() {
        m_container.close();
        return m_container.getTable();
    }
}
