package org.knime.core.data.vector.doublevector;

import org.knime.core.data.DataValue;

/** A vector of numbers. */
public interface DoubleVectorValue extends DataValue {

    /** @return how many there are */
    int getLength();

    /** @return the number of an index */
    double getValue(int index);
}
