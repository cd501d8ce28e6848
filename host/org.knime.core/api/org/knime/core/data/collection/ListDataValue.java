package org.knime.core.data.collection;

import org.knime.core.data.DataCell;

/** Some cells in their order. */
public interface ListDataValue extends CollectionDataValue {

    /** @return the element of an index */
    DataCell get(int index);
}
