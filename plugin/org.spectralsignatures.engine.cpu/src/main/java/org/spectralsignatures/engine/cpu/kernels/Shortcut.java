package org.spectralsignatures.engine.cpu.kernels;

import java.nio.FloatBuffer;

/**
 * The shortcut of a residual unit on images {@code [n, h, w, c]}: the identity, or where the unit halves the image 2 x 2
 * average pooling with stride 2 and as many zero channels before as behind (the parameter-free shortcut of the authors' network).
 * At the edge of an odd side it is the mean of the two values, or the one value, that are there.
 *
 * @param height of the input
 * @param width of the input
 * @param channels of the input
 * @param filters channels of the output, at least those of the input
 * @param stride 1 or 2
 */
public record Shortcut(int height, int width, int channels, int filters, int stride) {

    /** @return whether input and output are the same */
    public boolean identity() {
        return stride == 1 && channels == filters;
    }

    /**
     * @param x {@code [n, h, w, c]}
     * @param y receives {@code [n, ceil(h / stride), ceil(w / stride), filters]}
     * @param first image to work on
     * @param end image behind the last
     */
    public void forward(final FloatBuffer x, final FloatBuffer y, final int first, final int end) {
        if (identity()) {
            final int size = height * width * channels;
            y.put(first * size, x, first * size, (end - first) * size);
            return;
        }
        final int line = width * channels;
        final int before = (filters - channels) / 2;
        final var from = new float[stride * line];
        final var to = new float[outputWidth() * filters];
        for (int row = first * outputHeight(); row < end * outputHeight(); row++) {
            final int rows = rows(row);
            x.get(start(row), from, 0, rows * line);
            for (int column = 0; column < outputWidth(); column++) {
                if (stride == 1) {
                    System.arraycopy(from, column * channels, to, column * filters + before, channels);
                } else if (rows == 2 && 2 * column + 1 < width) {
                    average(from, 2 * column * channels, to, column * filters + before);
                } else {
                    averageAtEdge(from, 2 * column * channels, rows == 2 ? line : channels, pixels(row, column), to, column * filters + before);
                }
            }
            y.put(row * to.length, to);
        }
    }

    private int outputHeight() {
        return (height + stride - 1) / stride;
    }

    private int outputWidth() {
        return (width + stride - 1) / stride;
    }

    /** Where the input of a row of the output begins; rows count on from image to image. */
    private int start(final int row) {
        return (row / outputHeight() * height + row % outputHeight() * stride) * width * channels;
    }

    /** How many rows of the input a row of the output stands for. */
    private int rows(final int row) {
        return Math.min(stride, height - row % outputHeight() * stride);
    }

    /** How many pixels of the input a pixel of the output stands for. */
    private int pixels(final int row, final int column) {
        return rows(row) * Math.min(stride, width - column * stride);
    }

    /** One or two values, the second so far behind the first. */
    private void averageAtEdge(final float[] from, final int p, final int second, final int pixels, final float[] to, final int q) {
        for (int c = 0; c < channels; c++) {
            to[q + c] = pixels == 1 ? from[p + c] : 0.5f * (from[p + c] + from[p + second + c]);
        }
    }

    private void average(final float[] from, final int p, final float[] to, final int q) {
        final int below = p + width * channels;
        for (int c = 0; c < channels; c++) {
            to[q + c] = 0.25f * (from[p + c] + from[p + channels + c] + from[below + c] + from[below + channels + c]);
        }
    }

    /**
     * @param dy gradient by the output
     * @param dx receives the gradient by the input
     * @param first image to work on
     * @param end image behind the last
     */
    public void backward(final FloatBuffer dy, final FloatBuffer dx, final int first, final int end) {
        final int before = (filters - channels) / 2;
        final var from = new float[outputWidth() * filters];
        final var to = new float[stride * width * channels];
        for (int row = first * outputHeight(); row < end * outputHeight(); row++) {
            dy.get(row * from.length, from);
            final int rows = rows(row);
            for (int k = 0; k < rows; k++) {
                for (int column = 0; column < width; column++) {
                    final float share = 1f / pixels(row, column / stride);
                    final int p = (k * width + column) * channels;
                    final int q = column / stride * filters + before;
                    for (int c = 0; c < channels; c++) {
                        to[p + c] = share * from[q + c];
                    }
                }
            }
            dx.put(start(row), to, 0, rows * width * channels);
        }
    }
}
