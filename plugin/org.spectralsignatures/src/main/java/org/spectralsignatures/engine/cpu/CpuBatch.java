package org.spectralsignatures.engine.cpu;

import java.nio.FloatBuffer;
import java.util.Arrays;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.cpu.kernels.Floats;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.ImageStandardisation;

/** Off-heap arrays of images {@code [capacity, h, w, c]} and labels {@code [capacity, classes]}, one-hot. */
final class CpuBatch implements Batch {

    private final ImageShape shape;

    private final INDArray images;

    private final FloatBuffer values;

    private final INDArray labels;

    private final FloatBuffer ones;

    private final float[] planes;

    private final float[] image;

    private final float[] row;

    /**
     * @param capacity most images
     * @param shape of each
     * @param classes number of classes
     */
    CpuBatch(final int capacity, final ImageShape shape, final int classes) {
        this.shape = shape;
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            images = Nd4j.createUninitialized(DataType.FLOAT, capacity, shape.height(), shape.width(), shape.channels());
            labels = Nd4j.create(DataType.FLOAT, capacity, classes);
        }
        values = Floats.of(images);
        ones = Floats.of(labels);
        planes = new float[shape.size()];
        image = new float[shape.size()];
        row = new float[classes];
    }

    @Override
    public int capacity() {
        return (int)images.size(0);
    }

    @Override
    public void image(final int position, final byte[] pixels) {
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

    @Override
    public void label(final int position, final int label) {
        Arrays.fill(row, 0);
        row[label] = 1;
        ones.put(position * row.length, row);
    }

    /** @return the first images as {@code [count, h, w, c]}, a view */
    INDArray images(final int count) {
        return count == capacity() ? images
            : images.get(NDArrayIndex.interval(0, count), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all());
    }

    /** @return their labels as {@code [count, classes]}, a view */
    INDArray labels(final int count) {
        return count == capacity() ? labels : labels.get(NDArrayIndex.interval(0, count), NDArrayIndex.all());
    }

    @Override
    public void close() {
        images.close();
        labels.close();
    }
}
