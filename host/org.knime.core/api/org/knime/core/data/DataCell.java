package org.knime.core.data;

import java.io.Serializable;

import org.knime.core.data.collection.CollectionDataValue;

/** One immutable value of a table. */
public abstract class DataCell implements DataValue, Serializable {

    private static final long serialVersionUID = 1L;

    /** @return the type of this cell's class */
    public final DataType getType() {
        return DataType.getType(getClass(), this instanceof CollectionDataValue collection ? collection.getElementType() : null);
    }

    /** @return whether there is no content */
    public boolean isMissing() {
        return false;
    }

    @Override
    public abstract String toString();

    @Override
    public final boolean equals(final Object o) {
        return this == o || o != null && o.getClass() == getClass() && equalsDataCell((DataCell)o);
    }

    /**
     * @param dc a cell of the same class
     * @return whether it has the same content
     */
    protected abstract boolean equalsDataCell(final DataCell dc);

    @Override
    public abstract int hashCode();
}
