package org.spectralsignatures.network.layers;

import java.nio.FloatBuffer;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dense float {@code [n, c, h, w]} array seen as n * c planes of h * w values, copied one by one to and from plain Java
 * arrays: on those the compiler makes vector code, and a plane stays in the first cache.
 */
final class Planes {

    private final int channels;

    private final int size;

    private final FloatBuffer buffer;

    private Planes(final INDArray array) {
        channels = (int)array.size(1);
        size = (int)(array.size(2) * array.size(3));
        final var start = new FloatPointer(array.data().addressPointer());
        start.capacity(array.length());
        buffer = start.asBuffer();
    }

    /**
     * @param array {@code [n, c, h, w]}, dense (see {@link #dense(INDArray)})
     * @return its planes
     */
    static Planes of(final INDArray array) {
        return new Planes(array);
    }

    /**
     * @param array any array of rank 4
     * @return the array itself when its values lie densely in C order as floats, else such a copy
     */
    static INDArray dense(final INDArray array) {
        final long[] stride = array.stride();
        final boolean plain = array.dataType() == DataType.FLOAT && array.ordering() == 'c' && stride[3] == 1
            && stride[2] == array.size(3) && stride[1] == array.size(2) * array.size(3)
            && stride[0] == array.size(1) * stride[1];
        return plain ? array : array.castTo(DataType.FLOAT).dup('c');
    }

    void read(final int image, final int channel, final float[] target) {
        buffer.get((image * channels + channel) * size, target, 0, size);
    }

    void write(final int image, final int channel, final float[] source) {
        buffer.put((image * channels + channel) * size, source, 0, size);
    }
}
