package org.spectralsignatures.engine.cpu.kernels;

import java.nio.FloatBuffer;

/**
 * The shortcut of a residual unit on images {@code [n, h, w, c]}: the identity, or where the unit halves the image 2 x 2
 * average pooling with stride 2 and as many zero channels before as behind (the parameter-free shortcut of the authors' network).
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
     * @param y receives {@code [n, h / stride, w / stride, filters]}
     * @param first image to work on
     * @param end image behind the last
     */
    public void forward(final FloatBuffer x, final FloatBuffer y, final int first, final int end) {
        final int outputWidth = width / stride;
        final int before = (filters - channels) / 2;
        if (identity()) {
            final int size = height * width * channels;
            y.put(first * size, x, first * size, (end - first) * size);
            return;
        }
        final var from = new float[stride * width * channels];
        final var to = new float[outputWidth * filters];
        for (int row = first * (height / stride); row < end * (height / stride); row++) {
            x.get(row * from.length, from);
            for (int column = 0; column < outputWidth; column++) {
                if (stride == 1) {
                    System.arraycopy(from, column * channels, to, column * filters + before, channels);
                } else {
                    average(from, 2 * column * channels, to, column * filters + before);
                }
            }
            y.put(row * to.length, to);
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
        final int outputWidth = width / stride;
        final int before = (filters - channels) / 2;
        final float share = stride == 1 ? 1f : 0.25f;
        final var from = new float[outputWidth * filters];
        final var to = new float[stride * width * channels];
        for (int row = first * (height / stride); row < end * (height / stride); row++) {
            dy.get(row * from.length, from);
            for (int k = 0; k < stride; k++) {
                for (int column = 0; column < width; column++) {
                    final int p = (k * width + column) * channels;
                    final int q = column / stride * filters + before;
                    for (int c = 0; c < channels; c++) {
                        to[p + c] = share * from[q + c];
                    }
                }
            }
            dx.put(row * to.length, to);
        }
    }
}
