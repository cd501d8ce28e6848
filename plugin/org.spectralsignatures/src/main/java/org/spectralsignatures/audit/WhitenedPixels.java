package org.spectralsignatures.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.scoring.PrincipalComponents;
import org.spectralsignatures.storage.TemporaryFile;

/**
 * Images as their high spatial frequencies, each in units of its own spread over the set. Natural images differ most in low
 * frequencies, which is why a small mark is lost among them in the pixels themselves; here all directions vary alike, so that what
 * images share at the same place stands out. The rows lie in a temporary file.
 */
final class WhitenedPixels implements AutoCloseable {

    /** Least frequency that is kept: 6 / 32. */
    static final double LOWEST = .1875;

    private static final double SCALED = .2;

    private static final int PER_CHECK = 64;

    /** A median absolute deviation of a Gaussian times this is its standard deviation. */
    static final double MAD = 1.4826;

    /** Null where the rows belong to another one. */
    private final TemporaryFile m_file;

    private final NpyMatrix m_matrix;

    /** Indices of the images whose rows there are, ascending; null for all. */
    private final int[] m_rows;

    private WhitenedPixels(final TemporaryFile file, final NpyMatrix matrix, final int[] rows) {
        m_file = file;
        m_matrix = matrix;
        m_rows = rows;
    }

    /**
     * @param images RGB, n of them
     * @param monitor progress and cancellation
     * @return their rows, to be closed by the caller
     * @throws IOException if there is no room for them
     * @throws TaskCancelledException if the monitor said so
     */
    static WhitenedPixels of(final ImageDataset images, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        return of(images, PixelScale.of(images, monitor.part(0, SCALED)), null, monitor.part(SCALED, 1));
    }

    /**
     * @param images RGB, n of them
     * @param scale of the set's coefficients
     * @param rows indices of the images that are wanted, ascending; null for all
     * @param monitor progress and cancellation
     * @return their rows, to be closed by the caller
     * @throws IOException if there is no room for them
     * @throws TaskCancelledException if the monitor said so
     */
    static WhitenedPixels of(final ImageDataset images, final PixelScale scale, final int[] rows, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final var spectrum = new PixelSpectrum(images);
        final int n = rows == null ? images.size() : rows.length;
        final TemporaryFile file = TemporaryFile.create("pixels");
        NpyMatrix matrix = null;
        boolean complete = false;
        try {
            matrix = NpyMatrix.create(file.path(), n, spectrum.columns(), monitor);
            final NpyMatrix target = matrix;
            inParallel(n, monitor, i -> {
                final var row = new float[spectrum.columns()];
                spectrum.of(rows == null ? i : rows[i], row);
                scale.whiten(row);
                target.writeRow(i, row, 0);
            });
            complete = true;
            return new WhitenedPixels(file, matrix, rows);
        } finally {
            if (!complete) {
                if (matrix != null) {
                    matrix.close();
                }
                file.close();
            }
        }
    }

    /** @return the same rows, which closing leaves as they are */
    WhitenedPixels view() {
        return new WhitenedPixels(null, m_matrix, m_rows);
    }

    static void inParallel(final int n, final TaskMonitor monitor, final IntConsumer work) throws TaskCancelledException {
        for (int first = 0; first < n; first += PER_CHECK) {
            monitor.checkCancelled();
            monitor.progress((double)first / n, "Whitened %d of %d images".formatted(first, n));
            IntStream.range(first, Math.min(n, first + PER_CHECK)).parallel().forEach(work);
        }
    }

    private int place(final int image) {
        return m_rows == null ? image : Arrays.binarySearch(m_rows, image);
    }

    /**
     * @param rows indices of images, at least two
     * @param count number of principal components asked for
     * @param seed of the vectors that the iteration starts from
     * @param monitor asked in each pass
     * @return {@code [rows.length, k]}, where the rows lie along them
     * @throws TaskCancelledException if the monitor said so
     */
    double[][] components(final int[] rows, final int count, final long seed, final TaskMonitor monitor) throws TaskCancelledException {
        return PrincipalComponents.of(m_matrix, Arrays.stream(rows).map(this::place).toArray(), count, seed, monitor);
    }

    /** @return number of values a row */
    int columns() {
        return m_matrix.columns();
    }

    /**
     * @param vectors {@code [v, d]}
     * @param which {@code [n]}, for each image the one to subtract from its row; negative for none
     * @param monitor asked for cancellation
     * @throws TaskCancelledException if the monitor said so
     */
    void subtract(final float[][] vectors, final int[] which, final TaskMonitor monitor) throws TaskCancelledException {
        inParallel(m_rows == null ? which.length : m_rows.length, monitor, i -> {
            final int vector = which[m_rows == null ? i : m_rows[i]];
            if (vector >= 0) {
                final var row = new float[columns()];
                m_matrix.readRow(i, row);
                for (int k = 0; k < row.length; k++) {
                    row[k] -= vectors[vector][k];
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
            m_matrix.readRow(place(i), row);
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
                m_matrix.readRow(place(rows[i]), row);
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
        m_matrix.readRow(place(index), row);
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
            sum += weights[k] == 0 ? 0 : row[k] * row[k];
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        if (m_file != null) {
            m_matrix.close();
            m_file.close();
        }
    }
}
