package org.spectralsignatures.network.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.ImagePreparation;

/** Prepared images as a network takes them, {@code [capacity, c, h, w]} or {@code [capacity, h, w, c]}, outside of the heap. */
final class OnnxImages implements Batch {

    private static final int GREEN = 1;

    private static final int BLUE = 2;

    private final ImageShape shape;

    private final ImagePreparation preparation;

    private final OnnxReading reading;

    private final int capacity;

    private final FloatBuffer values;

    private final byte[] planes;

    private final float[] prepared;

    private final float[] image;

    OnnxImages(final int capacity, final ImageShape shape, final ImagePreparation preparation, final OnnxReading reading) {
        this.capacity = capacity;
        this.shape = shape;
        this.preparation = preparation;
        this.reading = reading;
        final int size = Math.multiplyExact(reading.order().channels(), shape.planeSize());
        planes = new byte[size];
        prepared = new float[size];
        image = new float[size];
        values = ByteBuffer.allocateDirect(Math.multiplyExact(Math.multiplyExact(capacity, size), Float.BYTES)).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void image(final int position, final byte[] pixels) {
        final ColourOrder order = reading.order();
        if (order == ColourOrder.GRAY) {
            gray(pixels);
        } else {
            System.arraycopy(pixels, 0, planes, 0, planes.length);
        }
        preparation.apply(planes, prepared, order.channels());
        arrange(order);
        values.put(position * image.length, image);
    }

    /** What Pillow's {@code convert("L")} gives; where red, green and blue are the same, that. */
    private void gray(final byte[] pixels) {
        final int size = shape.planeSize();
        for (int i = 0; i < size; i++) {
            planes[i] = (byte)(Byte.toUnsignedInt(pixels[i]) * 19595 + Byte.toUnsignedInt(pixels[GREEN * size + i]) * 38470
                + Byte.toUnsignedInt(pixels[BLUE * size + i]) * 7471 + 0x8000 >> 16);
        }
    }

    private void arrange(final ColourOrder order) {
        final int size = shape.planeSize();
        final int channels = order.channels();
        for (int c = 0; c < channels; c++) {
            final int to = order == ColourOrder.BGR ? channels - 1 - c : c;
            if (reading.layout() == Layout.NCHW) {
                System.arraycopy(prepared, c * size, image, to * size, size);
            } else {
                for (int i = 0; i < size; i++) {
                    image[i * channels + to] = prepared[c * size + i];
                }
            }
        }
    }

    /** @return sides of a tensor of so many images */
    long[] sides(final int count) {
        final long channels = reading.order().channels();
        return reading.layout() == Layout.NCHW ? new long[]{count, channels, shape.height(), shape.width()}
            : new long[]{count, shape.height(), shape.width(), channels};
    }

    /** @return images from one on, a view */
    FloatBuffer from(final int first, final int count) {
        return values.slice(first * image.length, count * image.length);
    }

    /** Fills places with copies of an image. */
    void repeat(final int from, final int first, final int end) {
        for (int i = first; i < end; i++) {
            values.put(i * image.length, values, from * image.length, image.length);
        }
    }

    @Override
    public void close() {
        // the memory goes with the object
    }
}
