package org.knime.core.data.vector.bytevector;

import org.knime.core.data.DataValue;

/** A vector of counts from 0 to 255. */
public interface ByteVectorValue extends DataValue {

    /** @return how many there are */
    long length();

    /** @return all of them added up */
    long sumOfAllCounts();

    /** @return how many are not 0 */
    int cardinality();

    /** @return the count of an index */
    int get(long index);

    /** @return whether all are 0 */
    boolean isEmpty();

    /** @return index of the first 0 from an index on, -1 if there is none */
    long nextZeroIndex(long startIdx);

    /** @return index of the first one that is not 0 from an index on, -1 if there is none */
    long nextCountIndex(long startIdx);
}
