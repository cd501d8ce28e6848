package org.spectralsignatures.nodes.remover;

import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** A table of each image's class and score and whether it was removed, in the order of the images, for the node's view. */
final class Ranking {

    static final int LABEL = 0;

    static final int SCORE = 1;

    static final int REMOVED = 2;

    private static final DataTableSpec SPEC = new DataTableSpec(new DataColumnSpecCreator("Label", StringCell.TYPE).createSpec(),
        new DataColumnSpecCreator("Score", DoubleCell.TYPE).createSpec(), new DataColumnSpecCreator("Removed", BooleanCell.TYPE).createSpec());

    private final BufferedDataContainer m_container;

    /** Without images yet. */
    Ranking(final ExecutionContext exec) {
        m_container = exec.createDataContainer(SPEC);
    }

    void add(final String key, final String label, final double score, final boolean removed) {
        m_container.addRowToTable(new DefaultRow(key, new StringCell(label), new DoubleCell(score), removed ? BooleanCell.TRUE : BooleanCell.FALSE));
    }

    /** @return all that were added */
    BufferedDataTable table() {
        m_container.close();
        return m_container.getTable();
    }
}
