package org.knime.core.data.collection;

import org.knime.core.data.DataType;
import org.knime.core.data.DataValue;

/** Some cells in one, all of one type. */
public interface CollectionDataValue extends DataValue, CellCollection {

    /** @return the type that all elements have */
    DataType getElementType();

    /** @return number of elements */
    int size();
}
