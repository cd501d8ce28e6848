package org.spectralsignatures.engine.cpu.kernels;

import java.nio.FloatBuffer;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Dense native arrays, seen as a row of floats. */
public final class Floats {

    private static final int CHUNK = 1024;

    private Floats() {
    }

    /**
     * @param array a dense array in C order, of floats
     * @return its values in place; valid as long as the array
     */
    public static FloatBuffer of(final INDArray array) {
        final var start = new FloatPointer(array.data().addressPointer());
        start.capacity(array.length());
        return start.asBuffer();
    }

    /**
     * @param array any array of rank 4
     * @return the array itself when its values lie densely in C order as floats, else such a copy
     */
    public static INDArray dense(final INDArray array) {
        final long[] stride = array.stride();
        final boolean plain = array.dataType() == DataType.FLOAT && array.ordering() == 'c' && stride[3] == 1
            && stride[2] == array.size(3) && stride[1] == array.size(2) * stride[2] && stride[0] == array.size(1) * stride[1];
        return plain ? array : array.castTo(DataType.FLOAT).dup('c');
    }

    /**
     * Adds a part of an array to the same part of another.
     *
     * @param to is changed
     * @param x what is added
     * @param from first value
     * @param end value behind the last
     */
    public static void add(final FloatBuffer to, final FloatBuffer x, final int from, final int end) {
        final var sum = new float[CHUNK];
        final var added = new float[CHUNK];
        for (int first = from; first < end; first += CHUNK) {
            final int n = Math.min(CHUNK, end - first);
            to.get(first, sum, 0, n);
            x.get(first, added, 0, n);
            for (int k = 0; k < n; k++) {
                sum[k] += added[k];
            }
            to.put(first, sum, 0, n);
        }
    }
}
