package org.knime.core.data.collection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;

/** Makes cells that hold others. */
public final class CollectionCellFactory {

    private CollectionCellFactory() {
    }

    /**
     * @param coll cells of one type, missing ones among them or not
     * @return a cell that holds them in their order
     * @throws IllegalArgumentException if they are of several types, for which KNIME looks for a common one
     */
    public static ListCell createListCell(final Collection<? extends DataCell> coll) {
        final List<DataCell> cells = new ArrayList<>(coll);
        DataType type = null;
        for (DataCell cell : cells) {
            if (!cell.isMissing()) {
                if (type != null && !type.equals(cell.getType())) {
                    throw new IllegalArgumentException("A list of %s and %s is not known to the host.".formatted(type, cell.getType()));
                }
                type = cell.getType();
            }
        }
        return new ListCell(cells, type == null ? DataType.getMissingCell().getType() : type);
    }
}
