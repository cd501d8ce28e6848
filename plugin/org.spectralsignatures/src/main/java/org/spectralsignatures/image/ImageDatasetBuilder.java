package org.spectralsignatures.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects images one by one into an {@link ImageDataset}; {@link #close()} frees what an abandoned builder holds. */
public final class ImageDatasetBuilder implements AutoCloseable {

    /** Bytes of pixels up to which they stay on the heap: 256 MiB, some 87,000 images of 32 x 32, but at most a quarter of it. */
    static final long DEFAULT_HEAP_LIMIT = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4);

    private final ImageShape shape;

    private final List<String> classes;

    private final Map<String, Integer> indices = new HashMap<>();

    private final List<String> keys = new ArrayList<>();

    private int[] labels = new int[256];

    private PixelStore pixels;

    ImageDatasetBuilder(final ImageShape shape, final List<String> classes, final long heapLimit) {
        this.shape = shape;
        this.classes = List.copyOf(classes);
        for (int i = 0; i < classes.size(); i++) {
            if (indices.put(classes.get(i), i) != null) {
                throw new IllegalArgumentException("The class '" + classes.get(i) + "' is listed twice.");
            }
        }
        pixels = new PixelStore(shape.size(), heapLimit);
    }

    /**
     * Appends an image.
     *
     * @param key its row key, for messages and results
     * @param label the name of its class
     * @param image {@code shape().size()} unsigned bytes in CHW order; copied
     * @throws IllegalArgumentException if the label is unknown or the number of bytes wrong; the message names the row
     * @throws IOException if the temporary file cannot be written
     */
    public void add(final String key, final String label, final byte[] image) throws IOException {
        final Integer index = indices.get(label);
        if (index == null) {
            throw new IllegalArgumentException("Row '%s' has the label '%s', which is none of the classes %s.".formatted(key, label, classes));
        }
        if (image.length != shape.size()) {
            throw new IllegalArgumentException("Row '%s' has an image of %d bytes; %s needs %d.".formatted(key, image.length, shape, shape.size()));
        }
        final int n = keys.size();
        if (n == labels.length) {
            labels = Arrays.copyOf(labels, 2 * n);
        }
        pixels.append(image);
        labels[n] = index;
        keys.add(key);
    }

    /** @return number of images so far */
    public int size() {
        return keys.size();
    }

    /** @return the data set, which now owns the pixels; the builder must not be used again but closed */
    public ImageDataset build() {
        final var dataset = new ImageDataset(shape, classes, keys, Arrays.copyOf(labels, keys.size()), pixels);
        pixels = null;
        return dataset;
    }

    @Override
    public void close() throws IOException {
        if (pixels != null) {
            pixels.close();
            pixels = null;
        }
    }
}
