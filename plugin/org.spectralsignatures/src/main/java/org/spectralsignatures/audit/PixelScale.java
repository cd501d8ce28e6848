package org.spectralsignatures.audit;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * How the coefficients of a set's images lie, by a sample of them.
 *
 * @param median {@code [d]}, of each coefficient
 * @param spread {@code [d]}, of each, as the standard deviation of a Gaussian
 * @param mean {@code [d]}, of what is left of each after it was divided by its spread and cut
 */
record PixelScale(float[] median, float[] spread, float[] mean) implements Serializable { // NOSONAR never compared

    /** Least spread of a coefficient, in grey levels: what JPEG and rounding leave of the others says nothing. */
    private static final double LEAST_SPREAD = 4;

    /** So many spreads a single coefficient may say at most. */
    private static final float MOST = 8;

    private static final int SAMPLE = 2000;

    private static final int SAMPLE_VALUES = 1 << 23;

    /**
     * @param images RGB, n of them
     * @param monitor progress and cancellation
     * @return their scale
     * @throws TaskCancelledException if the monitor said so
     */
    static PixelScale of(final ImageDataset images, final TaskMonitor monitor) throws TaskCancelledException {
        final var spectrum = new PixelSpectrum(images);
        final int d = spectrum.columns();
        final int n = images.size();
        final int sampled = Math.max(1, Math.min(n, Math.min(SAMPLE, SAMPLE_VALUES / d)));
        final var sample = new float[sampled][d];
        WhitenedPixels.inParallel(sampled, monitor, i -> spectrum.of((int)((long)i * n / sampled), sample[i]));
        final var median = new float[d];
        final var spread = new float[d];
        final var mean = new float[d];
        IntStream.range(0, d).parallel().forEach(k -> scale(sample, k, median, spread, mean));
        return new PixelScale(median, spread, mean);
    }

    /** @return number of coefficients */
    int columns() {
        return mean.length;
    }

    /** Median and spread of a coefficient, and the mean of what is left of it after cutting. */
    private static void scale(final float[][] sample, final int k, final float[] median, final float[] spread, final float[] mean) {
        final var values = new float[sample.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sample[i][k];
        }
        Arrays.sort(values);
        median[k] = values[values.length / 2];
        final var deviations = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            deviations[i] = Math.abs(values[i] - median[k]);
        }
        Arrays.sort(deviations);
        spread[k] = (float)Math.max(LEAST_SPREAD, WhitenedPixels.MAD * deviations[deviations.length / 2]);
        double sum = 0;
        for (float value : values) {
            sum += cut((value - median[k]) / spread[k]);
        }
        mean[k] = (float)(sum / values.length);
    }

    private static float cut(final float value) {
        return Math.max(-MOST, Math.min(MOST, value));
    }

    /** The mean square of a row is one, so that busy images do not outweigh the others. */
    void whiten(final float[] row) {
        double squares = 0;
        for (int k = 0; k < row.length; k++) {
            row[k] = cut((row[k] - median[k]) / spread[k]) - mean[k];
            squares += row[k] * row[k];
        }
        final float scale = squares == 0 ? 0 : (float)Math.sqrt(row.length / squares);
        for (int k = 0; k < row.length; k++) {
            row[k] *= scale;
        }
    }
}
