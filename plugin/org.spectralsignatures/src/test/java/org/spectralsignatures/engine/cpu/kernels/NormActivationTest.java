package org.spectralsignatures.engine.cpu.kernels;

import java.nio.FloatBuffer;

import org.junit.jupiter.api.Test;

/** Against the formulas, worked out in double precision with the whole batch at once. */
class NormActivationTest {

    private static final double LEAK = .1;

    private static final double EPS = 1e-3;

    private static final int CHANNELS = 5;

    private static final int PIXELS = 1237; // no multiple of a tile

    private static final int[] LANES = {0, 100, 101, 700, PIXELS};

    private final NormActivation norm = new NormActivation(LANES.length - 1, CHANNELS, LEAK, EPS);

    private final float[] x = Arrays4.random(1, PIXELS * CHANNELS);

    private final float[] dy = Arrays4.random(2, PIXELS * CHANNELS);

    private final float[] shortcut = Arrays4.random(3, PIXELS * CHANNELS);

    private final float[] gamma = {.5f, 1, 2, -1, .1f};

    private final float[] beta = {0, .3f, -2, 1, 0};

    NormActivationTest() {
        for (int k = 0; k < x.length; k++) {
            x[k] = x[k] * (1 + k % CHANNELS) + 10 * (k % CHANNELS); // channels of unlike mean and spread
        }
    }

    private double[] mean() {
        final var mean = new double[CHANNELS];
        for (int k = 0; k < x.length; k++) {
            mean[k % CHANNELS] += x[k] / (double)PIXELS;
        }
        return mean;
    }

    private double[] variance() {
        final double[] mean = mean();
        final var variance = new double[CHANNELS];
        for (int k = 0; k < x.length; k++) {
            variance[k % CHANNELS] += Math.pow(x[k] - mean[k % CHANNELS], 2) / PIXELS;
        }
        return variance;
    }

    private interface Lane {
        void run(int lane, int from, int end);
    }

    private static void lanes(final Lane task) {
        for (int lane = 0; lane + 1 < LANES.length; lane++) {
            task.run(lane, LANES[lane], LANES[lane + 1]);
        }
    }

    private float[] train() {
        final var y = new float[x.length];
        lanes((lane, from, end) -> norm.addMoments(lane, buffer(x), from, end));
        norm.useBatchMoments(gamma, beta);
        lanes((lane, from, end) -> norm.apply(buffer(x), buffer(y), from, end));
        return y;
    }

    private static FloatBuffer buffer(final float[] values) {
        return FloatBuffer.wrap(values);
    }

    @Test
    void trainsByTheMomentsOfTheBatch() {
        final double[] mean = mean();
        final double[] variance = variance();
        final var expected = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            final int c = k % CHANNELS;
            final double z = gamma[c] * (x[k] - mean[c]) / Math.sqrt(variance[c] + EPS) + beta[c];
            expected[k] = z >= 0 ? z : LEAK * z;
        }
        Arrays4.assertClose(expected, train(), 1e-6, "result");
        Arrays4.assertClose(mean, norm.batchMean(), 1e-6, "mean");
        Arrays4.assertClose(variance, norm.batchVariance(), 1e-6, "variance");
    }

    @Test
    void infersByGivenMoments() {
        final float[] mean = {1, 2, 3, 4, 5};
        final float[] variance = {.1f, 1, 4, 9, 0};
        final var expected = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            final int c = k % CHANNELS;
            final double z = gamma[c] * ((double)x[k] - mean[c]) / Math.sqrt(variance[c] + EPS) + beta[c];
            expected[k] = z >= 0 ? z : LEAK * z;
        }
        final var y = new float[x.length];
        norm.useMoments(gamma, beta, mean, variance);
        lanes((lane, from, end) -> norm.apply(buffer(x), buffer(y), from, end));
        Arrays4.assertClose(expected, y, 1e-6, "result");
    }

    @Test
    void gradients() {
        final double[] mean = mean();
        final double[] variance = variance();
        final var g = new double[x.length];
        final var normalised = new double[x.length];
        final var byGamma = new double[CHANNELS];
        final var byBeta = new double[CHANNELS];
        for (int k = 0; k < x.length; k++) {
            final int c = k % CHANNELS;
            normalised[k] = (x[k] - mean[c]) / Math.sqrt(variance[c] + EPS);
            g[k] = dy[k] * (gamma[c] * normalised[k] + beta[c] < 0 ? LEAK : 1);
            byBeta[c] += g[k];
            byGamma[c] += g[k] * normalised[k];
        }
        final var expected = new double[x.length];
        final var added = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            final int c = k % CHANNELS;
            expected[k] = gamma[c] / Math.sqrt(variance[c] + EPS)
                * (g[k] - byBeta[c] / PIXELS - normalised[k] * byGamma[c] / PIXELS);
            added[k] = expected[k] + shortcut[k];
        }
        train();
        final var dx = new float[x.length];
        final var gammaGradient = new float[CHANNELS];
        final var betaGradient = new float[CHANNELS];
        lanes((lane, from, end) -> norm.addGradients(lane, buffer(x), buffer(dy), buffer(dx), from, end));
        norm.finishGradients(gammaGradient, betaGradient);
        lanes((lane, from, end) -> norm.applyGradients(buffer(x), buffer(dx), null, buffer(dx), from, end));
        Arrays4.assertClose(expected, dx, 1e-5, "dx");
        Arrays4.assertClose(byGamma, gammaGradient, 1e-5, "dgamma");
        Arrays4.assertClose(byBeta, betaGradient, 1e-5, "dbeta");
        final float[] inPlace = dy.clone();
        lanes((lane, from, end) -> norm.addGradients(lane, buffer(x), buffer(inPlace), buffer(inPlace), from, end));
        norm.finishGradients(gammaGradient, betaGradient);
        lanes((lane, from, end) -> norm.applyGradients(buffer(x), buffer(inPlace), buffer(shortcut), buffer(inPlace), from, end));
        Arrays4.assertClose(added, inPlace, 1e-5, "dx with shortcut, in place");
    }
}
