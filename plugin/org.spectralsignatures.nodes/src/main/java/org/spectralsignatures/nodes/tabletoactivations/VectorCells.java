package org.spectralsignatures.nodes.tabletoactivations;

import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.collection.CollectionDataValue;
import org.knime.core.data.vector.bitvector.BitVectorValue;
import org.knime.core.data.vector.bytevector.ByteVectorValue;
import org.knime.core.data.vector.doublevector.DoubleVectorValue;

/** Cells that hold a whole vector: collections of numbers, and KNIME's vectors of doubles, of counts (bytes) and of bits. */
final class VectorCells {

    private VectorCells() {
    }

    /** @return whether cells of a type hold lists of numbers or vectors of doubles */
    static boolean areLists(final DataType type) {
        return type.isCompatible(DoubleVectorValue.class) || type.isCollectionType() && isNumber(type.getCollectionElementType());
    }

    /** @return whether cells of a type hold vectors of counts or bits, such as fingerprints */
    static boolean areCounts(final DataType type) {
        return type.isCompatible(ByteVectorValue.class) || type.isCompatible(BitVectorValue.class);
    }

    /** @return whether cells of a type hold a number; in KNIME truth values can be read as numbers, too */
    static boolean isNumber(final DataType type) {
        return type.isCompatible(DoubleValue.class) && !type.isCompatible(BooleanValue.class);
    }

    /** @return number of values */
    static long length(final DataCell cell) {
        if (cell instanceof DoubleVectorValue vector) {
            return vector.getLength();
        }
        if (cell instanceof ByteVectorValue vector) {
            return vector.length();
        }
        return cell instanceof BitVectorValue vector ? vector.length() : ((CollectionDataValue)cell).size();
    }

    /**
     * @param cell of a vector
     * @param to receives its values, as many as there are; a bit becomes 0 or 1
     * @return index of the first value that is missing, -1 if none is
     */
    static int copy(final DataCell cell, final float[] to) {
        if (cell instanceof CollectionDataValue collection && !(cell instanceof DoubleVectorValue)) {
            return copy(collection, to);
        }
        for (int i = 0; i < to.length; i++) {
            to[i] = value(cell, i);
        }
        return -1;
    }

    private static float value(final DataCell cell, final int index) {
        if (cell instanceof DoubleVectorValue vector) {
            return (float)vector.getValue(index);
        }
        return cell instanceof ByteVectorValue vector ? vector.get(index) : ((BitVectorValue)cell).get(index) ? 1 : 0;
    }

    private static int copy(final CollectionDataValue collection, final float[] to) {
        int i = 0;
        for (DataCell value : collection) {
            if (value.isMissing()) {
                return i;
            }
            to[i] = (float)((DoubleValue)value).getDoubleValue();
            i++;
        }
        return -1;
    }
}
