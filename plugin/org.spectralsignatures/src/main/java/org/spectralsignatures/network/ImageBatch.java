package org.spectralsignatures.network;

import java.nio.FloatBuffer;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;

/** An off-heap array {@code [batch, h, w, c]} that is filled with standardised images again and again. */
public final class ImageBatch implements AutoCloseable {

    private final ImageShape shape;

    private final INDArray array;

    private final FloatBuffer values;

    private final float[] planes;

    private final float[] image;

    /**
     * @param capacity most images of a batch
     * @param shape of each
     */
    public ImageBatch(final int capacity, final ImageShape shape) {
        this.shape = shape;
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            array = Nd4j.createUninitialized(DataType.FLOAT, capacity, shape.height(), shape.width(), shape.channels());
        }
        final var start = new FloatPointer(array.data().addressPointer());
        start.capacity(array.length());
        values = start.asBuffer();
        planes = new float[shape.size()];
        image = new float[shape.size()];
    }

    /**
     * Standardises an image into the batch.
     *
     * @param position in the batch
     * @param pixels unsigned bytes, CHW
     * @see ImageStandardisation
     */
    public void put(final int position, final byte[] pixels) {
        ImageStandardisation.apply(pixels, 0, planes, 0, planes.length);
        final int channels = shape.channels();
        final int size = planes.length / channels;
        for (int c = 0; c < channels; c++) {
            for (int k = 0; k < size; k++) {
                image[k * channels + c] = planes[c * size + k];
            }
        }
        values.put(position * shape.size(), image);
    }

    /**
     * Fills the batch with consecutive images of a data set.
     *
     * @param images the data set
     * @param first index of the first image
     * @param count number of images
     * @return {@code [count, h, w, c]}, valid until the next fill
     */
    public INDArray fill(final ImageDataset images, final int first, final int count) {
        final var pixels = new byte[shape.size()];
        for (int i = 0; i < count; i++) {
            images.copyPixels(first + i, pixels, 0);
            put(i, pixels);
        }
        return images(count);
    }

    /**
     * @param count number of images
     * @return the first of them as {@code [count, h, w, c]}, a view of this batch
     */
    public INDArray images(final int count) {
        return count == array.size(0) ? array
            : array.get(NDArrayIndex.interval(0, count), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all());
    }

    @Override
    public void close() {
        array.close();
    }
}
