package org.spectralsignatures.network.keras;

/**
 * What an image becomes at a layer: planes of positions, or a row of values without positions.
 *
 * @param planes whether there are positions
 * @param channels values at each position
 * @param height rows of positions, 1 without
 * @param width columns of positions, 1 without
 */
record KerasShape(boolean planes, int channels, int height, int width) {

    private static final long MOST_VALUES = 1L << 28;

    /** @throws IllegalArgumentException if there are none or too many */
    KerasShape {
        if (channels < 1 || height < 1 || width < 1 || (long)channels * height > MOST_VALUES || (long)channels * height * width > MOST_VALUES) {
            throw new IllegalArgumentException("gives %d x %d positions of %d channels, but may give from 1 to %d values".formatted(height, width, channels, MOST_VALUES));
        }
    }

    static KerasShape row(final int values) {
        return new KerasShape(false, values, 1, 1);
    }

    static KerasShape planes(final int channels, final int height, final int width) {
        return new KerasShape(true, channels, height, width);
    }

    int size() {
        return channels * height * width;
    }

    /** @return its sides as ONNX has them, without the number of images */
    long[] sides() {
        return planes ? new long[]{channels, height, width} : new long[]{channels};
    }
}
