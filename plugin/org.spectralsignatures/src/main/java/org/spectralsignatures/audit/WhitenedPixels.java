package org.spectralsignatures.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.storage.TemporaryFile;

/**
 * Images as their high spatial frequencies, each in units of its own spread over the set. Natural images differ most in low
 * frequencies, which is why a small mark is lost among them in the pixels themselves; here all directions vary alike, so that what
 * images share at the same place stands out. The rows lie in a temporary file.
 */
final class WhitenedPixels implements AutoCloseable {

    /** Least frequency that is kept: 6 / 32. */
    static final double LOWEST = .1875;

    /** Least spread of a coefficient, in grey levels: what JPEG and rounding leave of the others says nothing. */
    private static final double LEAST_SPREAD = 4;

    /** So many spreads a single coefficient may say at most. */
    private static final float MOST = 8;

    private static final int SAMPLE = 2000;

    private static final int SAMPLE_VALUES = 1 << 23;

    private static final int PER_CHECK = 64;

    /** A median absolute deviation of a Gaussian times this is its standard deviation. */
    static final double MAD = 1.4826;

    private final TemporaryFile m_file;

    private final NpyMatrix m_matrix;

    private WhitenedPixels(final TemporaryFile file, final NpyMatrix matrix) {
        m_file = file;
        m_matrix = matrix;
    }

    /** Turns an image into its coefficients. */
    private static final class Spectrum {
        final ImageDataset m_images;

        final CosineTransform m_transform;

        final int[] m_kept;

        final int m_size;

        Spectrum(final ImageDataset images) {
            final ImageShape shape = images.shape();
            m_images = images;
            m_size = shape.planeSize();
            m_transform = new CosineTransform(shape.height(), shape.width());
            m_kept = IntStream.range(0, shape.size()).filter(k -> m_transform.frequency(k % m_size) >= LOWEST).toArray();
        }

        /** The grey axis and two of colour, so that grey and coloured marks both stay together. */
        void of(final int image, final float[] target) {
            final var bytes = new byte[m_images.shape().size()];
            m_images.copyPixels(image, bytes, 0);
            final var planes = new double[3][m_size];
            for (int k = 0; k < m_size; k++) {
                final double red = Byte.toUnsignedInt(bytes[k]);
                final double green = Byte.toUnsignedInt(bytes[m_size + k]);
                final double blue = Byte.toUnsignedInt(bytes[2 * m_size + k]);
                planes[0][k] = (red + green + blue) / Math.sqrt(3);
                planes[1][k] = (red - blue) / Math.sqrt(2);
                planes[2][k] = (red - 2 * green + blue) / Math.sqrt(6);
            }
            for (double[] plane : planes) {
                m_transform.forward(plane);
            }
            for (int j = 0; j < m_kept.length; j++) {
                target[j] = (float)planes[m_kept[j] / m_size][m_kept[j] % m_size];
            }
        }
    }

    /**
     * @param images RGB, n of them
     * @param monitor progress and cancellation
     * @return their rows, to be closed by the caller
     * @throws IOException if there is no room for them
     * @throws TaskCancelledException if the monitor said so
     */
    static WhitenedPixels of(final ImageDataset images, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final var spectrum = new Spectrum(images);
        final int d = spectrum.m_kept.length;
        final int n = images.size();
        final int sampled = Math.max(1, Math.min(n, Math.min(SAMPLE, SAMPLE_VALUES / d)));
        final var sample = new float[sampled][d];
        inParallel(sampled, monitor.part(0, .2), i -> spectrum.of((int)((long)i * n / sampled), sample[i]));
        final var median = new float[d];
        final var spread = new float[d];
        final var mean = new float[d];
        IntStream.range(0, d).parallel().forEach(k -> scale(sample, k, median, spread, mean));
        final TemporaryFile file = TemporaryFile.create("pixels");
        NpyMatrix matrix = null;
        boolean complete = false;
        try {
            matrix = NpyMatrix.create(file.path(), n, d, monitor);
            final NpyMatrix target = matrix;
            inParallel(n, monitor.part(.2, 1), i -> {
                final var row = new float[d];
                spectrum.of(i, row);
                whiten(row, median, spread, mean);
                target.writeRow(i, row, 0);
            });
            complete = true;
            return new WhitenedPixels(file, matrix);
        } finally {
            if (!complete) {
                if (matrix != null) {
                    matrix.close();
                }
                file.close();
            }
        }
    }

    private static void inParallel(final int n, final TaskMonitor monitor, final IntConsumer work) throws TaskCancelledException {
        for (int first = 0; first < n; first += PER_CHECK) {
            monitor.checkCancelled();
            monitor.progress((double)first / n, "Whitened %d of %d images".formatted(first, n));
            IntStream.range(first, Math.min(n, first + PER_CHECK)).parallel().forEach(work);
        }
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
        spread[k] = (float)Math.max(LEAST_SPREAD, MAD * deviations[deviations.length / 2]);
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
    private static void whiten(final float[] row, final float[] median, final float[] spread, final float[] mean) {
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

    /** @return the rows, {@code [n, d]} */
    NpyMatrix matrix() {
        return m_matrix;
    }

    /** @return number of values a row */
    int columns() {
        return m_matrix.columns();
    }

    /**
     * @param vectors {@code [v, d]}
     * @param which {@code [n]}, for each row the one to subtract from it; negative for none
     * @param monitor asked for cancellation
     * @throws TaskCancelledException if the monitor said so
     */
    void subtract(final float[][] vectors, final int[] which, final TaskMonitor monitor) throws TaskCancelledException {
        inParallel(which.length, monitor, i -> {
            if (which[i] >= 0) {
                final var row = new float[columns()];
                m_matrix.readRow(i, row);
                for (int k = 0; k < row.length; k++) {
                    row[k] -= vectors[which[i]][k];
                }
                m_matrix.writeRow(i, row, 0);
            }
        });
    }

    /**
     * @param rows indices, at least one
     * @return the mean of the rows
     */
    double[] mean(final int[] rows) {
        final var mean = new double[columns()];
        final var row = new float[columns()];
        for (int i : rows) {
            m_matrix.readRow(i, row);
            for (int k = 0; k < row.length; k++) {
                mean[k] += row[k];
            }
        }
        for (int k = 0; k < mean.length; k++) {
            mean[k] /= rows.length;
        }
        return mean;
    }

    /**
     * @param rows indices
     * @param weights vectors of {@code [d]}
     * @return {@code [weights, rows]}, the product of each row with each vector
     */
    double[][] project(final int[] rows, final float[][] weights) {
        final int count = weights.length;
        final var packed = new float[columns() * count];
        for (int j = 0; j < count; j++) {
            for (int k = 0; k < weights[j].length; k++) {
                packed[k * count + j] = weights[j][k];
            }
        }
        final var products = new double[count][rows.length];
        IntStream.range(0, (rows.length + PER_CHECK - 1) / PER_CHECK).parallel().forEach(block -> {
            final var row = new float[columns()];
            final var sums = new float[count];
            for (int i = block * PER_CHECK; i < Math.min(rows.length, (block + 1) * PER_CHECK); i++) {
                m_matrix.readRow(rows[i], row);
                Arrays.fill(sums, 0);
                multiply(row, packed, sums);
                for (int j = 0; j < count; j++) {
                    products[j][i] = sums[j];
                }
            }
        });
        return products;
    }

    /** All products of a row at once, so that the compiler makes vectors of them. */
    private static void multiply(final float[] row, final float[] packed, final float[] sums) {
        for (int k = 0; k < row.length; k++) {
            final float value = row[k];
            final int at = k * sums.length;
            for (int j = 0; j < sums.length; j++) {
                sums[j] += value * packed[at + j];
            }
        }
    }

    /**
     * @param index of a row
     * @param weights {@code [d]}
     * @return the sum of its squares where the weights are not zero
     */
    double squares(final int index, final float[] weights) {
        final var row = new float[weights.length];
        m_matrix.readRow(index, row);
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
            sum += weights[k] == 0 ? 0 : row[k] * row[k];
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        m_matrix.close();
        m_file.close();
    }
}
