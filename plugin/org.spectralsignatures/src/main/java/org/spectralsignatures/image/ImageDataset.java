package org.spectralsignatures.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * n labelled images of one shape as unsigned bytes, {@code [n, c, h, w]}, with their row keys. Small sets lie on the heap,
 * larger ones in a memory-mapped temporary file that {@link #close()} deletes. Reading is safe from several threads.
 */
public final class ImageDataset implements AutoCloseable {

    private final ImageShape shape;

    private final List<String> classes;

    private final List<String> keys;

    private final int[] labels;

    private final PixelSource pixels;

    ImageDataset(final ImageShape shape, final List<String> classes, final List<String> keys, final int[] labels,
        final PixelSource pixels) {
        this.shape = shape;
        this.classes = List.copyOf(classes);
        this.keys = keys;
        this.labels = labels;
        this.pixels = pixels;
    }

    /**
     * @param shape the shape that every image must have
     * @param classes the names of the classes; a label is an index into this list
     * @return an empty builder; close it, whether or not {@link ImageDatasetBuilder#build()} was reached
     */
    public static ImageDatasetBuilder builder(final ImageShape shape, final List<String> classes) {
        return new ImageDatasetBuilder(shape, classes, ImageDatasetBuilder.DEFAULT_HEAP_LIMIT);
    }

    /**
     * @param shape of each image
     * @param classes the names of the classes
     * @param keys {@code [n]}, row keys
     * @param labels {@code [n]}, indices of classes; not copied
     * @param pixels of n images, which the set closes
     * @return the images, wherever they lie
     */
    public static ImageDataset of(final ImageShape shape, final List<String> classes, final List<String> keys, final int[] labels, final PixelSource pixels) {
        return new ImageDataset(shape, classes, keys, labels, pixels);
    }

    /** @return number of images n */
    public int size() {
        return labels.length;
    }

    /** @return the shape of each image */
    public ImageShape shape() {
        return shape;
    }

    /** @return names of the classes */
    public List<String> classes() {
        return classes;
    }

    /**
     * @param image index of an image
     * @return its class as an index into {@link #classes()}
     */
    public int label(final int image) {
        return labels[image];
    }

    /** @return a copy of all labels, {@code [n]} */
    public int[] labels() {
        return Arrays.copyOf(labels, labels.length);
    }

    /** @return row keys, {@code [n]} */
    public List<String> keys() {
        return Collections.unmodifiableList(keys);
    }

    /**
     * @param image index of an image
     * @param target receives {@code shape().size()} bytes in CHW order
     * @param offset where in the target they begin
     */
    public void copyPixels(final int image, final byte[] target, final int offset) {
        pixels.read(image, target, offset);
    }

    /**
     * @param monitor asked for each image
     * @return whether all images are gray, that is whether all planes of each are equal
     * @throws TaskCancelledException if the monitor said so
     */
    public boolean gray(final TaskMonitor monitor) throws TaskCancelledException {
        final var image = new byte[shape.size()];
        for (int i = 0; i < size(); i++) {
            monitor.checkCancelled();
            copyPixels(i, image, 0);
            if (!ImageChannels.gray(image, shape)) {
                return false;
            }
        }
        return true;
    }

    /** Frees the pixels; deletes the temporary file if there is one. The data set must not be used afterwards. */
    @Override
    public void close() throws IOException {
        pixels.close();
    }
}
