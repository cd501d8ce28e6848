package org.spectralsignatures.engine.cpu.kernels;

import java.nio.FloatBuffer;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) and leaky rectifier in one: with m pixels in the batch, each of c channels,
 * xhat = (x - mean) / sqrt(variance + eps), z = gamma * xhat + beta, y = z for z &gt;= 0, else leak * z. Arrays are
 * {@code [m, c]} in C order. Each step works on a lane, a run of pixels, and lanes may run in different threads; what needs
 * the sums of all lanes comes after them and adds them in order.
 */
public final class NormActivation {

    /** Values that are worked on at a time: a few such arrays fit into the first cache. */
    private static final int TILE = 1024;

    private final int channels;

    private final float leak;

    private final double eps;

    private final int tilePixels;

    private final double[][] sums;

    private float[] batchMean;

    private float[] batchVariance;

    private float[] inverseDeviation;

    private float[] factor;

    private float[] shift;

    private float[] mean;

    private float[] slope;

    private float[] constant;

    /**
     * @param lanes number of lanes
     * @param channels c
     * @param leak slope for negative values, from 0 to 1
     * @param eps added to the variance
     */
    public NormActivation(final int lanes, final int channels, final double leak, final double eps) {
        this.channels = channels;
        this.leak = (float)leak;
        this.eps = eps;
        tilePixels = Math.max(1, TILE / channels);
        sums = new double[lanes][];
    }

    /** @return mean of each channel over the last batch in training */
    public float[] batchMean() {
        return batchMean;
    }

    /** @return biased variance of each channel over the last batch in training */
    public float[] batchVariance() {
        return batchVariance;
    }

    private float[] tile(final float[] values) {
        final var tile = new float[tilePixels * channels];
        for (int p = 0; p < tilePixels; p++) {
            System.arraycopy(values, 0, tile, p * channels, channels);
        }
        return tile;
    }

    /**
     * Training, first: adds up a lane. Each channel is shifted by its first value in the lane, against cancellation.
     *
     * @param lane from 0
     * @param x {@code [m, c]}
     * @param from first pixel of the lane
     * @param end pixel behind it
     */
    public void addMoments(final int lane, final FloatBuffer x, final int from, final int end) {
        final var first = new float[channels];
        x.get(from * channels, first);
        final float[] origin = tile(first);
        final var values = new float[origin.length];
        final var sum = new float[origin.length];
        final var squares = new float[origin.length];
        for (int p = from; p < end; p += tilePixels) {
            final int n = Math.min(tilePixels, end - p) * channels;
            x.get(p * channels, values, 0, n);
            addMoments(values, origin, sum, squares, n);
        }
        final double[] result = perChannel(sum, squares);
        final double pixels = (double)end - from;
        for (int c = 0; c < channels; c++) { // mean, and the sum of squared deviations from it
            final double centre = result[c] / pixels;
            result[channels + c] -= result[c] * centre;
            result[c] = first[c] + centre;
        }
        result[2 * channels] = pixels;
        sums[lane] = result;
    }

    private static void addMoments(final float[] values, final float[] origin, final float[] sum, final float[] squares, final int n) {
        for (int k = 0; k < n; k++) {
            final float a = values[k] - origin[k];
            sum[k] += a;
            squares[k] += a * a;
        }
    }

    private double[] perChannel(final float[] a, final float[] b) {
        final var result = new double[2 * channels + 1];
        for (int p = 0; p < a.length; p += channels) {
            for (int c = 0; c < channels; c++) {
                result[c] += a[p + c];
                result[channels + c] += b[p + c];
            }
        }
        return result;
    }

    /**
     * Training, second: the moments of the batch from those of the lanes (Chan, Golub and LeVeque 1979).
     *
     * @param gamma {@code [c]}
     * @param beta {@code [c]}
     */
    public void useBatchMoments(final float[] gamma, final float[] beta) {
        batchMean = new float[channels];
        batchVariance = new float[channels];
        for (int c = 0; c < channels; c++) {
            double count = 0;
            double centre = 0;
            double squares = 0;
            for (double[] lane : sums) {
                final double n = lane[2 * channels];
                final double difference = lane[c] - centre;
                squares += lane[channels + c] + difference * difference * count * n / (count + n);
                centre += difference * n / (count + n);
                count += n;
            }
            batchMean[c] = (float)centre;
            batchVariance[c] = (float)Math.max(0, squares / count);
        }
        use(gamma, beta, batchMean, batchVariance);
    }

    /**
     * A trained network, first.
     *
     * @param gamma {@code [c]}
     * @param beta {@code [c]}
     * @param runningMean {@code [c]}
     * @param runningVariance {@code [c]}
     */
    public void useMoments(final float[] gamma, final float[] beta, final float[] runningMean, final float[] runningVariance) {
        use(gamma, beta, runningMean, runningVariance);
    }

    private void use(final float[] gamma, final float[] beta, final float[] means, final float[] variances) {
        inverseDeviation = new float[channels];
        final var factors = new float[channels];
        for (int c = 0; c < channels; c++) {
            inverseDeviation[c] = (float)(1 / Math.sqrt(variances[c] + eps));
            factors[c] = gamma[c] * inverseDeviation[c];
        }
        factor = tile(factors);
        mean = tile(means);
        shift = tile(beta);
    }

    /**
     * The result of a lane, by the moments in use.
     *
     * @param x {@code [m, c]}
     * @param y receives {@code [m, c]}; may be the same
     * @param from first pixel of the lane
     * @param end pixel behind it
     */
    public void apply(final FloatBuffer x, final FloatBuffer y, final int from, final int end) {
        final var values = new float[factor.length];
        for (int p = from; p < end; p += tilePixels) {
            final int n = Math.min(tilePixels, end - p) * channels;
            x.get(p * channels, values, 0, n);
            rectify(values, mean, factor, shift, leak, n);
            y.put(p * channels, values, 0, n);
        }
    }

    private static void rectify(final float[] values, final float[] mean, final float[] factor, final float[] shift, final float leak,
        final int n) {
        for (int k = 0; k < n; k++) {
            final float z = (values[k] - mean[k]) * factor[k] + shift[k];
            values[k] = Math.max(z, leak * z);
        }
    }

    /**
     * The backward pass, first: takes the gradient of a lane back through the rectifier, g = dy * (z &lt; 0 ? leak : 1), and
     * adds it up.
     *
     * @param lane from 0
     * @param x what went forward in training
     * @param dy gradient by the result
     * @param g receives g; may be the same as dy
     * @param from first pixel of the lane
     * @param end pixel behind it
     */
    public void addGradients(final int lane, final FloatBuffer x, final FloatBuffer dy, final FloatBuffer g, final int from, final int end) {
        final var values = new float[mean.length];
        final var gradient = new float[mean.length];
        final var sum = new float[mean.length];
        final var weighted = new float[mean.length];
        for (int p = from; p < end; p += tilePixels) {
            final int n = Math.min(tilePixels, end - p) * channels;
            x.get(p * channels, values, 0, n);
            dy.get(p * channels, gradient, 0, n);
            unrectify(values, gradient, mean, factor, shift, leak, n);
            addGradients(values, gradient, sum, weighted, n);
            g.put(p * channels, gradient, 0, n);
        }
        sums[lane] = perChannel(sum, weighted);
        sums[lane][2 * channels] = (double)end - from;
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

    /**
     * The backward pass, second: dbeta = sum g, dgamma = sum g * xhat.
     *
     * @param gammaGradient receives {@code [c]}
     * @param betaGradient receives {@code [c]}
     */
    public void finishGradients(final float[] gammaGradient, final float[] betaGradient) {
        final var slopes = new float[channels];
        final var constants = new float[channels];
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            double weighted = 0;
            double pixels = 0;
            for (double[] lane : sums) {
                sum += lane[c];
                weighted += lane[channels + c];
                pixels += lane[2 * channels];
            }
            final double inverse = inverseDeviation[c];
            betaGradient[c] = (float)sum;
            gammaGradient[c] = (float)(weighted * inverse);
            slopes[c] = (float)(-factor[c] * weighted * inverse * inverse / pixels);
            constants[c] = (float)(-factor[c] * sum / pixels);
        }
        slope = tile(slopes);
        constant = tile(constants);
    }

    /**
     * The backward pass, third: dx = gamma / deviation * (g - dbeta / m - xhat * dgamma / m) of a lane.
     *
     * @param x what went forward in training
     * @param g as it came from {@link #addGradients}
     * @param shortcut added to dx; null for nothing
     * @param dx receives the gradient by x; may be the same as g
     * @param from first pixel of the lane
     * @param end pixel behind it
     */
    public void applyGradients(final FloatBuffer x, final FloatBuffer g, final FloatBuffer shortcut, final FloatBuffer dx, final int from,
        final int end) {
        final var values = new float[mean.length];
        final var gradient = new float[mean.length];
        final var added = new float[mean.length];
        for (int p = from; p < end; p += tilePixels) {
            final int n = Math.min(tilePixels, end - p) * channels;
            x.get(p * channels, values, 0, n);
            g.get(p * channels, gradient, 0, n);
            combine(values, gradient, mean, factor, slope, constant, n);
            if (shortcut != null) {
                shortcut.get(p * channels, added, 0, n);
                add(gradient, added, n);
            }
            dx.put(p * channels, gradient, 0, n);
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
