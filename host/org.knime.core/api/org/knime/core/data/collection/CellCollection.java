package org.knime.core.data.collection;

import org.knime.core.data.DataCell;

/** A cell that holds others. */
public interface CellCollection extends Iterable<DataCell> {

    /** @return whether cells are wrapped that KNIME keeps apart from their rows; never so here */
    boolean containsBlobWrapperCells();
}
