package org.spectralsignatures.image;

import java.util.Arrays;

/**
 * Resamples a row or column of bytes by a triangle filter, which becomes wider where pixels become fewer (antialiasing), in the fixed-point
 * arithmetic of Pillow (9.4): weights of 22 bits, sums rounded to bytes.
 */
final class Resampling {

    private static final int BITS = Integer.SIZE - Byte.SIZE - 2;

    private static final int HALF = 1 << BITS - 1;

    private final int[] starts;

    private final int[][] weights;

    /**
     * @param length of the input
     * @param begin where the part that is resampled begins, in pixels
     * @param part its length, in pixels
     * @param size length of the result
     */
    Resampling(final int length, final double begin, final double part, final int size) {
        final double scale = part / size;
        final double support = Math.max(scale, 1);
        starts = new int[size];
        weights = new int[size][];
        for (int i = 0; i < size; i++) {
            final double centre = begin + (i + .5) * scale;
            final int from = Math.max(0, (int)(centre - support + .5));
            final int to = Math.min(length, (int)(centre + support + .5));
            starts[i] = from;
            weights[i] = fixed(triangle(from, to, centre, support));
        }
    }

    private static double[] triangle(final int from, final int to, final double centre, final double support) {
        final var values = new double[to - from];
        double sum = 0;
        for (int k = 0; k < values.length; k++) {
            values[k] = Math.max(0, 1 - Math.abs((k + from - centre + .5) * (1 / support)));
            sum += values[k];
        }
        for (int k = 0; k < values.length && sum != 0; k++) {
            values[k] /= sum;
        }
        return values;
    }

    private static int[] fixed(final double[] values) {
        final var fixed = new int[values.length];
        for (int k = 0; k < fixed.length; k++) {
            fixed[k] = (int)(.5 + values[k] * (1 << BITS));
        }
        return fixed;
    }

    /** @return index of the first input that is used */
    int first() {
        return starts[0];
    }

    /** @return index behind the last input that is used */
    int end() {
        return starts[starts.length - 1] + weights[weights.length - 1].length;
    }

    /** Resamples one line: inputs lie {@code step} apart from {@code source} on, results {@code toStep} apart from {@code target} on. */
    void resample(final byte[] from, final int source, final int step, final byte[] to, final int target, final int toStep) {
        for (int i = 0; i < starts.length; i++) {
            final int[] weight = weights[i];
            int at = source + starts[i] * step;
            int sum = HALF;
            for (int w : weight) {
                sum += w * (from[at] & 0xff);
                at += step;
            }
            to[target + i * toStep] = clipped(sum);
        }
    }

    /** Resamples all columns of a plane at once, row by row, so that memory is read in its order. */
    void resampleRows(final byte[] from, final int source, final int width, final byte[] to, final int target) {
        final var sums = new int[width];
        for (int i = 0; i < starts.length; i++) {
            Arrays.fill(sums, HALF);
            for (int k = 0; k < weights[i].length; k++) {
                final int w = weights[i][k];
                final int row = source + (starts[i] + k) * width;
                for (int x = 0; x < width; x++) {
                    sums[x] += w * (from[row + x] & 0xff);
                }
            }
            for (int x = 0; x < width; x++) {
                to[target + i * width + x] = clipped(sums[x]);
            }
        }
    }

    private static byte clipped(final int sum) {
        return (byte)Math.max(0, Math.min(255, sum >> BITS));
    }
}
