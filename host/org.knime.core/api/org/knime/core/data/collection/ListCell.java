package org.knime.core.data.collection;

import java.util.Iterator;
import java.util.List;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;

/** A cell that holds a list of cells; {@link CollectionCellFactory} makes them. */
public class ListCell extends DataCell implements ListDataValue {

    private static final long serialVersionUID = 1L;

    private final transient List<DataCell> m_cells; // NOSONAR never serialized in this way

    private final transient DataType m_elementType;

    ListCell(final List<DataCell> cells, final DataType elementType) {
        m_cells = List.copyOf(cells);
        m_elementType = elementType;
    }

    /** @return the type of lists of such elements */
    public static final DataType getCollectionType(final DataType elementType) {
        return DataType.getType(ListCell.class, elementType);
    }

    @Override
    public DataType getElementType() {
        return m_elementType;
    }

    @Override
    public Iterator<DataCell> iterator() {
        return m_cells.iterator();
    }

    @Override
    public DataCell get(final int index) {
        return m_cells.get(index);
    }

    @Override
    public int size() {
        return m_cells.size();
    }

    @Override
    public boolean containsBlobWrapperCells() {
        return false;
    }

    @Override
    protected boolean equalsDataCell(final DataCell dc) {
        return m_cells.equals(((ListCell)dc).m_cells);
    }

    @Override
    public int hashCode() {
        return m_cells.hashCode();
    }

    @Override
    public String toString() {
        return m_cells.toString();
    }
}
