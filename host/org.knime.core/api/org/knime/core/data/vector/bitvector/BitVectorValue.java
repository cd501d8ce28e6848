package org.knime.core.data.vector.bitvector;

import org.knime.core.data.DataValue;
import org.knime.core.data.convert.DataValueAccessMethod;

/** A vector of bits. */
public interface BitVectorValue extends DataValue {

    /** @return how many there are */
    long length();

    /** @return how many are set */
    long cardinality();

    /** @return whether the bit of an index is set */
    boolean get(long index);

    /** @return whether none is set */
    boolean isEmpty();

    /** @return index of the first one that is not set from an index on, -1 if there is none */
    long nextClearBit(long startIdx);

    /** @return index of the first one that is set from an index on, -1 if there is none */
    long nextSetBit(long startIdx);

    /** @return four bits a digit, the last bits first */
    String toHexString();

    /** @return a digit a bit, the last bit first */
    @DataValueAccessMethod(name = "String")
    String toBinaryString();
}
