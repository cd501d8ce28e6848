package org.spectralsignatures.transfer;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * What makes the values of vectors alike: the mean of each column is taken away, and the rest divided by its standard deviation (that of n, not
 * n - 1). A column that does not vary beyond the rounding of its values becomes zeros.
 */
final class Standardisation {

    /** A deviation below this share of the largest value is that of rounding. */
    private static final double CONSTANT = 1e-6;

    private static final int ROWS_PER_CHECK = 256;

    private final float[] means;

    /** What a centred value is multiplied by, 0 for a column that is constant. */
    private final float[] factors;

    private Standardisation(final float[] means, final float[] factors) {
        this.means = means;
        this.factors = factors;
    }

    /**
     * @param vectors to look at, twice: the deviations are those from the mean
     * @param monitor asked every so many rows
     * @return what they are standardised by
     * @throws IllegalArgumentException if a value is no number; the message names its row
     * @throws TaskCancelledException if the monitor said so
     */
    static Standardisation of(final LabelledVectors vectors, final TaskMonitor monitor) throws TaskCancelledException {
        final int d = vectors.matrix().columns();
        final var row = new float[d];
        final var sums = new double[d];
        final var largest = new double[d];
        for (int i = 0; i < vectors.size(); i++) {
            check(i, monitor);
            read(vectors, i, row);
            for (int k = 0; k < d; k++) {
                sums[k] += row[k];
                largest[k] = Math.max(largest[k], Math.abs(row[k]));
            }
        }
        final var means = new float[d];
        for (int k = 0; k < d; k++) {
            means[k] = (float)(sums[k] / vectors.size());
        }
        return new Standardisation(means, factors(vectors, means, largest, monitor));
    }

    private static float[] factors(final LabelledVectors vectors, final float[] means, final double[] largest, final TaskMonitor monitor)
        throws TaskCancelledException {
        final int d = means.length;
        final var row = new float[d];
        final var squares = new double[d];
        for (int i = 0; i < vectors.size(); i++) {
            check(i, monitor);
            vectors.matrix().readRow(i, row);
            for (int k = 0; k < d; k++) {
                final double centred = (double)row[k] - means[k];
                squares[k] += centred * centred;
            }
        }
        final var factors = new float[d];
        for (int k = 0; k < d; k++) {
            final double deviation = Math.sqrt(squares[k] / vectors.size());
            final double factor = 1 / deviation;
            factors[k] = deviation > CONSTANT * largest[k] && factor < Float.MAX_VALUE ? (float)factor : 0;
        }
        return factors;
    }

    private static void check(final int row, final TaskMonitor monitor) throws TaskCancelledException {
        if (row % ROWS_PER_CHECK == 0) {
            monitor.checkCancelled();
        }
    }

    /**
     * @param vectors of any kind
     * @param index of a row
     * @param row receives it
     * @throws IllegalArgumentException if a value is no number; the message names the row
     */
    static void read(final LabelledVectors vectors, final int index, final float[] row) {
        vectors.matrix().readRow(index, row);
        for (int k = 0; k < row.length; k++) {
            if (!Float.isFinite(row[k])) {
                throw new IllegalArgumentException(("The network gives %s as value %d of the layer for the image '%s': its values overflow, or images are not prepared as"
                    + " in its training. Choose another layer, or read the network again with another preparation of images.").formatted(row[k], k + 1,
                        vectors.keys().get(index)));
            }
        }
    }

    /** @return number of columns that vary */
    int varying() {
        int count = 0;
        for (float factor : factors) {
            count += factor > 0 ? 1 : 0;
        }
        return count;
    }

    /** @param row values of a vector, {@code [d]}, which are replaced */
    void apply(final float[] row) {
        for (int k = 0; k < row.length; k++) {
            row[k] = (float)(((double)row[k] - means[k]) * factors[k]); // a difference of single numbers may be none
        }
    }

    /** @return {@code [d]} */
    float[] means() {
        return means;
    }

    /** @return what a centred value is multiplied by, {@code [d]} */
    float[] factors() {
        return factors;
    }
}
