package org.spectralsignatures.clustering;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/**
 * First centres for k-means, drawn by k-means++: a row becomes a centre with a probability in proportion to its squared distance to the nearest centre so far.
 * For each centre {@code 2 + ln k} rows are drawn, and that one is taken which makes the sum of these distances smallest, as scikit-learn does.
 */
final class Seeding {

    private final NpyMatrix matrix;

    private final RowBlocks blocks;

    private final SplittableRandom random;

    /** Squared distance of each row to the nearest centre. */
    private double[] nearest;

    Seeding(final NpyMatrix matrix, final SplittableRandom random) {
        this.matrix = matrix;
        this.random = random;
        blocks = new RowBlocks(matrix);
    }

    /**
     * @param k number of centres
     * @return the centres, {@code [k, d]}, all different
     * @throws IOException if there are fewer different rows
     */
    double[][] centres(final int k, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final int n = (int)matrix.rows();
        final int trials = 2 + (int)Math.log(k);
        final double[][] centres = new double[k][];
        centres[0] = row(random.nextInt(n));
        nearest = new double[n];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        double sum = approach(centres[0], nearest, monitor);
        for (int c = 1; c < k; c++) {
            monitor.progress((double)c / k, "First centre %d of %d".formatted(c + 1, k));
            if (sum == 0) {
                throw new IOException("There are only %d different rows, of which %d clusters cannot be made. Set %s.".formatted(c, k,
                    c == 1 ? "one class for all" : "at most %d clusters".formatted(c)));
            }
            sum = next(centres, c, trials, sum, monitor);
        }
        return centres;
    }

    /** @return the sum of the squared distances with another centre */
    private double next(final double[][] centres, final int c, final int trials, final double sum, final TaskMonitor monitor) throws TaskCancelledException {
        double best = Double.POSITIVE_INFINITY;
        double[] bestDistances = null;
        for (int trial = 0; trial < trials; trial++) {
            final double[] centre = row(draw(sum));
            final double[] distances = nearest.clone();
            final double remaining = approach(centre, distances, monitor);
            if (remaining < best) {
                best = remaining;
                bestDistances = distances;
                centres[c] = centre;
            }
        }
        nearest = bestDistances;
        return best;
    }

    private double[] row(final int index) {
        final float[] row = new float[matrix.columns()];
        matrix.readRow(index, row);
        final double[] centre = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            centre[i] = row[i];
        }
        return centre;
    }

    private int draw(final double sum) {
        final double drawn = random.nextDouble() * sum;
        double before = 0;
        int last = 0;
        for (int i = 0; i < nearest.length; i++) {
            if (nearest[i] > 0) {
                last = i; // rounding must not lead to a row that is a centre
                before += nearest[i];
                if (before > drawn) {
                    return i;
                }
            }
        }
        return last;
    }

    /** Takes a centre into account. */
    private double approach(final double[] centre, final double[] distances, final TaskMonitor monitor) throws TaskCancelledException {
        return blocks.visit(1, (first, count) -> {
            final float[] row = new float[matrix.columns()];
            double sum = 0;
            for (int i = first; i < first + count; i++) {
                matrix.readRow(i, row);
                distances[i] = Math.min(distances[i], Distance.squared(row, centre, distances[i]));
                sum += distances[i];
            }
            return sum;
        }, monitor);
    }
}
