package org.spectralsignatures.image;

import java.util.Arrays;

/**
 * Resamples a row or column of bytes by a triangle filter, which becomes wider where pixels become fewer (antialiasing), in the fixed-point
 * arithmetic of Pillow (9.4): weights of 22 bits, sums rounded to bytes.
 */
final class Resampling {

    private static final int BITS = Integer.SIZE - Byte.SIZE - 2;

    private static final int HALF = 1 << BITS - 1;

    private static final long TWO_HALVES = HALF | (long)HALF << Integer.SIZE;

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

    /**
     * Resamples lines, two in the halves of a {@code long} and four at a time: a product with a weight stays within 32 bits, and none is negative.
     *
     * @param from the lines, one behind the other
     * @param source where the first one begins
     * @param length of a line
     * @param count of lines
     * @param to receives the shorter lines, one behind the other
     * @param target where the first one begins
     */
    void resampleLines(final byte[] from, final int source, final int length, final int count, final byte[] to, final int target) {
        final var first = new long[length];
        final var second = new long[length];
        for (int line = 0; line < count; line += 4) {
            final int[] at = new int[4];
            for (int l = 0; l < 4; l++) {
                at[l] = source + Math.min(line + l, count - 1) * length; // the last lines stand in for those behind them
            }
            for (int x = 0; x < length; x++) {
                first[x] = from[at[0] + x] & 0xff | (from[at[1] + x] & 0xffL) << Integer.SIZE;
                second[x] = from[at[2] + x] & 0xff | (from[at[3] + x] & 0xffL) << Integer.SIZE;
            }
            resampleFour(first, second, to, target + line * starts.length, Math.min(4, count - line));
        }
    }

    private void resampleFour(final long[] first, final long[] second, final byte[] to, final int target, final int count) {
        final int size = starts.length;
        for (int i = 0; i < size; i++) {
            final int[] weight = weights[i];
            final int start = starts[i];
            long sums = TWO_HALVES;
            long others = TWO_HALVES;
            for (int k = 0; k < weight.length; k++) {
                final long w = weight[k];
                sums += w * first[start + k];
                others += w * second[start + k];
            }
            to[target + i] = clipped((int)sums);
            if (count > 1) {
                to[target + size + i] = clipped((int)(sums >>> Integer.SIZE));
            }
            if (count > 2) {
                to[target + 2 * size + i] = clipped((int)others);
            }
            if (count > 3) {
                to[target + 3 * size + i] = clipped((int)(others >>> Integer.SIZE));
            }
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
