package org.knime.core.data;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.knime.core.data.collection.CollectionDataValue;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/** The type of a column's cells: one cell class and the values that it implements. */
public final class DataType {

    private static final String ELEMENT_TYPE = "collection_element_type";

    /** Types by their class of cells, then by the type of the elements. */
    private static final Map<List<Object>, DataType> TYPES = new ConcurrentHashMap<>();

    private static final MissingCell MISSING = new MissingCell(null);

    private final Class<? extends DataCell> m_cellClass;

    private final DataType m_elementType;

    private DataType(final Class<? extends DataCell> cellClass, final DataType elementType) {
        m_cellClass = cellClass;
        m_elementType = elementType;
    }

    /** @return the type of a class of cells */
    public static DataType getType(final Class<? extends DataCell> cell) {
        return TYPES.computeIfAbsent(List.of(cell), key -> new DataType(cell, null));
    }

    /**
     * @param cellImplementsCollectionDataValue class of cells that hold others
     * @param collectionElementType type of these
     * @return the type
     * @throws IllegalArgumentException unless there are elements exactly where the cells hold others
     */
    public static DataType getType(final Class<? extends DataCell> cellImplementsCollectionDataValue, final DataType collectionElementType) {
        if (CollectionDataValue.class.isAssignableFrom(cellImplementsCollectionDataValue) != (collectionElementType != null)) {
            throw new IllegalArgumentException("Only types of collections have elements, and they must: " + cellImplementsCollectionDataValue.getName());
        }
        return collectionElementType == null ? getType(cellImplementsCollectionDataValue)
            : TYPES.computeIfAbsent(List.of(cellImplementsCollectionDataValue, collectionElementType),
                key -> new DataType(cellImplementsCollectionDataValue, collectionElementType));
    }

    /** @return the type of the elements of a collection, null if it is none */
    public DataType getCollectionElementType() {
        return m_elementType;
    }

    /** @return whether cells of this type hold others */
    public boolean isCollectionType() {
        return isCompatible(CollectionDataValue.class);
    }

    /** @return the missing cell that gives no reason */
    public static DataCell getMissingCell() {
        return MISSING;
    }

    /** @return whether cells of this type implement a value */
    public boolean isCompatible(final Class<? extends DataValue> valueClass) {
        return valueClass.isAssignableFrom(m_cellClass);
    }

    /** @return the class of this type's cells */
    public Class<? extends DataCell> getCellClass() {
        return m_cellClass;
    }

    /** @return whether every cell of the other type is one of this */
    public boolean isASuperTypeOf(final DataType type) {
        return m_cellClass.isAssignableFrom(type.m_cellClass)
            && (m_elementType == null || type.m_elementType.m_cellClass == MissingCell.class || m_elementType.isASuperTypeOf(type.m_elementType));
    }

    /** @return a readable name */
    public String getName() {
        return m_elementType == null ? m_cellClass.getSimpleName().replaceFirst("Cell$", "") : "List (Collection of: %s)".formatted(m_elementType);
    }

    /** @param config receives the class */
    public void save(final ConfigWO config) {
        if (m_elementType != null) {
            m_elementType.save(config.addConfig(ELEMENT_TYPE));
        }
        config.addString("cell_class", m_cellClass.getName());
    }

    /**
     * @return the type that was saved
     * @throws InvalidSettingsException if its class is unknown
     */
    public static DataType load(final ConfigRO config) throws InvalidSettingsException {
        final String name = config.getString("cell_class");
        try {
            return getType(Class.forName(name).asSubclass(DataCell.class), config.containsKey(ELEMENT_TYPE) ? load(config.getConfig(ELEMENT_TYPE)) : null);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new InvalidSettingsException("Unknown cell class '" + name + "'.", e);
        }
    }

    @Override
    public String toString() {
        return getName();
    }
}
