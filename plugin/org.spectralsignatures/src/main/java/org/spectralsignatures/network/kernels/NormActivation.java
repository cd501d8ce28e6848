package org.spectralsignatures.network.kernels;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) and leaky rectifier in one: with m pixels in the batch, each of c channels,
 * xhat = (x - mean) / sqrt(variance + eps), z = gamma * xhat + beta, y = z for z &gt;= 0, else leak * z. Arrays are
 * {@code [m, c]} in C order. The pixels are cut into a fixed number of blocks whose sums are added in a fixed order, so that
 * results do not depend on the number of threads.
 */
public final class NormActivation {

    private static final int BLOCKS = 16;

    /** Values that are worked on at a time: a few such arrays fit into the first cache. */
    private static final int TILE = 1024;

    private final int channels;

    private final float leak;

    private final double eps;

    private final int tilePixels;

    private float[] batchMean;

    private float[] batchVariance;

    private float[] inverseDeviation;

    /**
     * @param channels c
     * @param leak slope for negative values, from 0 to 1
     * @param eps added to the variance
     */
    public NormActivation(final int channels, final double leak, final double eps) {
        this.channels = channels;
        this.leak = (float)leak;
        this.eps = eps;
        tilePixels = Math.max(1, TILE / channels);
    }

    /** @return mean of each channel over the last batch that {@link #train} saw */
    public float[] batchMean() {
        return batchMean;
    }

    /** @return biased variance of each channel over the last batch that {@link #train} saw */
    public float[] batchVariance() {
        return batchVariance;
    }

    /** One block of pixels; the tile arrays hold a value for each channel, repeated for some pixels. */
    private interface Block {
        void run(int block, long first, long end);
    }

    private static void blocks(final long pixels, final Block block) {
        IntStream.range(0, BLOCKS).parallel().forEach(b -> block.run(b, pixels * b / BLOCKS, pixels * (b + 1) / BLOCKS));
    }

    private float[] tile(final float[] values) {
        final var tile = new float[tilePixels * channels];
        for (int p = 0; p < tilePixels; p++) {
            System.arraycopy(values, 0, tile, p * channels, channels);
        }
        return tile;
    }

    /**
     * The forward pass in training, by the moments of the batch, which it keeps for the backward pass.
     *
     * @param x {@code [m, c]}
     * @param y receives {@code [m, c]}
     * @param gamma {@code [c]}
     * @param beta {@code [c]}
     */
    public void train(final FloatBuffer x, final FloatBuffer y, final float[] gamma, final float[] beta) {
        moments(x);
        apply(x, y, gamma, beta, batchMean, inverseDeviation);
    }

    /**
     * The forward pass of a trained network.
     *
     * @param x {@code [m, c]}
     * @param y receives {@code [m, c]}
     * @param gamma {@code [c]}
     * @param beta {@code [c]}
     * @param mean running mean, {@code [c]}
     * @param variance running variance, {@code [c]}
     */
    public void infer(final FloatBuffer x, final FloatBuffer y, final float[] gamma, final float[] beta, final float[] mean,
        final float[] variance) {
        apply(x, y, gamma, beta, mean, inverse(variance));
    }

    private float[] inverse(final float[] variance) {
        final var inverse = new float[channels];
        for (int c = 0; c < channels; c++) {
            inverse[c] = (float)(1 / Math.sqrt(variance[c] + eps));
        }
        return inverse;
    }

    /** Each channel is shifted by its first value, against cancellation. */
    private void moments(final FloatBuffer x) {
        final long pixels = x.capacity() / channels;
        final var first = new float[channels];
        x.get(0, first);
        final float[] shift = tile(first);
        final var sums = new double[BLOCKS][];
        blocks(pixels, (b, from, end) -> {
            final var values = new float[shift.length];
            final var sum = new float[shift.length];
            final var squares = new float[shift.length];
            for (long p = from; p < end; p += tilePixels) {
                final int n = (int)Math.min(tilePixels, end - p) * channels;
                x.get((int)p * channels, values, 0, n);
                addMoments(values, shift, sum, squares, n);
            }
            sums[b] = perChannel(sum, squares);
        });
        batchMean = new float[channels];
        batchVariance = new float[channels];
        final double[] total = total(sums);
        for (int c = 0; c < channels; c++) {
            final double centre = total[c] / pixels;
            batchMean[c] = (float)(centre + first[c]);
            batchVariance[c] = (float)Math.max(0, total[channels + c] / pixels - centre * centre);
        }
        inverseDeviation = inverse(batchVariance);
    }

    private static void addMoments(final float[] values, final float[] shift, final float[] sum, final float[] squares, final int n) {
        for (int k = 0; k < n; k++) {
            final float a = values[k] - shift[k];
            sum[k] += a;
            squares[k] += a * a;
        }
    }

    private double[] perChannel(final float[] a, final float[] b) {
        final var sums = new double[2 * channels];
        for (int k = 0; k < a.length; k++) {
            sums[k % channels] += a[k];
            sums[channels + k % channels] += b[k];
        }
        return sums;
    }

    private double[] total(final double[][] sums) {
        final var total = new double[2 * channels];
        for (double[] block : sums) {
            for (int k = 0; k < total.length; k++) {
                total[k] += block[k];
            }
        }
        return total;
    }

    private void apply(final FloatBuffer x, final FloatBuffer y, final float[] gamma, final float[] beta, final float[] mean,
        final float[] inverse) {
        final var factors = new float[channels];
        final var shifts = new float[channels];
        for (int c = 0; c < channels; c++) {
            factors[c] = gamma[c] * inverse[c];
            shifts[c] = beta[c] - mean[c] * factors[c];
        }
        final float[] factor = tile(factors);
        final float[] shift = tile(shifts);
        blocks(x.capacity() / channels, (b, from, end) -> {
            final var values = new float[factor.length];
            for (long p = from; p < end; p += tilePixels) {
                final int n = (int)Math.min(tilePixels, end - p) * channels;
                x.get((int)p * channels, values, 0, n);
                rectify(values, factor, shift, leak, n);
                y.put((int)p * channels, values, 0, n);
            }
        });
    }

    private static void rectify(final float[] values, final float[] factor, final float[] shift, final float leak, final int n) {
        for (int k = 0; k < n; k++) {
            final float z = values[k] * factor[k] + shift[k];
            values[k] = Math.max(z, leak * z);
        }
    }

    /**
     * The backward pass of the last {@link #train}. With g = dy * (z &lt; 0 ? leak : 1): dbeta = sum g, dgamma = sum g * xhat,
     * dx = gamma / deviation * (g - dbeta / m - xhat * dgamma / m).
     *
     * @param x what went forward
     * @param dy gradient by the result; may be the same as dx
     * @param shortcut added to dx; null for nothing
     * @param dx receives the gradient by x
     * @param gamma {@code [c]}
     * @param beta {@code [c]}
     * @param gammaGradient receives {@code [c]}
     * @param betaGradient receives {@code [c]}
     */
    public void backward(final FloatBuffer x, final FloatBuffer dy, final FloatBuffer shortcut, final FloatBuffer dx, final float[] gamma,
        final float[] beta, final float[] gammaGradient, final float[] betaGradient) {
        final long pixels = x.capacity() / channels;
        final var factors = new float[channels];
        for (int c = 0; c < channels; c++) {
            factors[c] = gamma[c] * inverseDeviation[c];
        }
        final float[] mean = tile(batchMean);
        final float[] factor = tile(factors);
        final float[] offset = tile(beta);
        final var sums = new double[BLOCKS][];
        blocks(pixels, (b, from, end) -> {
            final var values = new float[mean.length];
            final var gradient = new float[mean.length];
            final var sum = new float[mean.length];
            final var weighted = new float[mean.length];
            for (long p = from; p < end; p += tilePixels) {
                final int n = (int)Math.min(tilePixels, end - p) * channels;
                x.get((int)p * channels, values, 0, n);
                dy.get((int)p * channels, gradient, 0, n);
                unrectify(values, gradient, mean, factor, offset, leak, n);
                addGradients(values, gradient, sum, weighted, n);
                dx.put((int)p * channels, gradient, 0, n);
            }
            sums[b] = perChannel(sum, weighted);
        });
        final double[] total = total(sums);
        final var slopes = new float[channels];
        final var constants = new float[channels];
        for (int c = 0; c < channels; c++) {
            betaGradient[c] = (float)total[c];
            gammaGradient[c] = (float)(total[channels + c] * inverseDeviation[c]);
            slopes[c] = (float)(-factors[c] * total[channels + c] * inverseDeviation[c] * inverseDeviation[c] / pixels);
            constants[c] = (float)(-factors[c] * total[c] / pixels);
        }
        final float[] slope = tile(slopes);
        final float[] constant = tile(constants);
        blocks(pixels, (b, from, end) -> {
            final var values = new float[mean.length];
            final var gradient = new float[mean.length];
            final var added = new float[mean.length];
            for (long p = from; p < end; p += tilePixels) {
                final int n = (int)Math.min(tilePixels, end - p) * channels;
                x.get((int)p * channels, values, 0, n);
                dx.get((int)p * channels, gradient, 0, n);
                combine(values, gradient, mean, factor, slope, constant, n);
                if (shortcut != null) {
                    shortcut.get((int)p * channels, added, 0, n);
                    add(gradient, added, n);
                }
                dx.put((int)p * channels, gradient, 0, n);
            }
        });
    }

    /**
     * Centres the values and takes the gradient back through the rectifier. The slope is written with minimum and maximum
     * instead of a branch, for which the compiler has no vector code.
     */
    private static void unrectify(final float[] values, final float[] gradient, final float[] mean, final float[] factor,
        final float[] offset, final float leak, final int n) {
        final float loss = 1 - leak;
        for (int k = 0; k < n; k++) {
            final float centred = values[k] - mean[k];
            final float z = centred * factor[k] + offset[k];
            values[k] = centred;
            gradient[k] *= 1 - loss * Math.min(Math.max(z * -Float.MAX_VALUE, 0f), 1f);
        }
    }

    private static void addGradients(final float[] centred, final float[] gradient, final float[] sum, final float[] weighted, final int n) {
        for (int k = 0; k < n; k++) {
            sum[k] += gradient[k];
            weighted[k] += gradient[k] * centred[k];
        }
    }

    private static void combine(final float[] values, final float[] gradient, final float[] mean, final float[] factor,
        final float[] slope, final float[] constant, final int n) {
        for (int k = 0; k < n; k++) {
            gradient[k] = gradient[k] * factor[k] + (values[k] - mean[k]) * slope[k] + constant[k];
        }
    }

    private static void add(final float[] gradient, final float[] added, final int n) {
        for (int k = 0; k < n; k++) {
            gradient[k] += added[k];
        }
    }
}
