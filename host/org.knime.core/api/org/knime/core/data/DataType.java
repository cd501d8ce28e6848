package org.knime.core.data;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/** The type of a column's cells: one cell class and the values that it implements. */
public final class DataType {

    private static final Map<Class<? extends DataCell>, DataType> TYPES = new ConcurrentHashMap<>();

    private static final MissingCell MISSING = new MissingCell(null);

    private final Class<? extends DataCell> m_cellClass;

    private DataType(final Class<? extends DataCell> cellClass) {
        m_cellClass = cellClass;
    }

    /** @return the type of a class of cells */
    public static DataType getType(final Class<? extends DataCell> cell) {
        return TYPES.computeIfAbsent(cell, DataType::new);
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
        return m_cellClass.isAssignableFrom(type.m_cellClass);
    }

    /** @return a readable name */
    public String getName() {
        return m_cellClass.getSimpleName().replaceFirst("Cell$", "");
    }

    /** @param config receives the class */
    public void save(final ConfigWO config) {
        config.addString("cell_class", m_cellClass.getName());
    }

    /**
     * @return the type that was saved
     * @throws InvalidSettingsException if its class is unknown
     */
    public static DataType load(final ConfigRO config) throws InvalidSettingsException {
        final String name = config.getString("cell_class");
        try {
            return getType(Class.forName(name).asSubclass(DataCell.class));
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new InvalidSettingsException("Unknown cell class '" + name + "'.", e);
        }
    }

    @Override
    public String toString() {
        return getName();
    }
}
