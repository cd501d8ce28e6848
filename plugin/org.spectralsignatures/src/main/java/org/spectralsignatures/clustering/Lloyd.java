package org.spectralsignatures.clustering;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/**
 * Lloyd's iteration: each row goes to the nearest centre, of several to the first one, then each centre to the mean of its rows; until no row goes elsewhere.
 * A cluster that has lost all rows gets the row that is farthest from its centre.
 */
final class Lloyd {

    private static final int VALUES_A_SLICE = 64;

    private static final int VALUES_A_CHECK = 1 << 24;

    private final NpyMatrix matrix;

    private final RowBlocks blocks;

    private final double[][] centres;

    private final int[] labels;

    private final double[] distances;

    private final int[] sizes;

    /**
     * @param matrix {@code [n, d]}, n not below k
     * @param centres to begin with, {@code [k, d]}; they are moved
     */
    Lloyd(final NpyMatrix matrix, final double[][] centres) {
        this.matrix = matrix;
        this.centres = centres;
        blocks = new RowBlocks(matrix);
        labels = new int[(int)matrix.rows()];
        Arrays.fill(labels, -1);
        distances = new double[labels.length];
        sizes = new int[centres.length];
    }

    /** @param mostRounds after which it ends, settled or not */
    Clusters run(final int mostRounds, final TaskMonitor monitor) throws TaskCancelledException {
        int round = 0;
        int changed = 1;
        while (changed > 0 && round < mostRounds) {
            round++;
            changed = assign(monitor);
            monitor.progress(1 - 1 / (1 + round / 5.), "Clusters, round %d: %d of %d rows changed".formatted(round, changed, labels.length));
            if (changed > 0) {
                fillEmptyClusters();
                move(monitor);
            }
        }
        // those of the last round, or of the one in which nothing changed any longer
        final double inertia = changed > 0 ? measure(monitor) : Arrays.stream(distances).sum();
        return Clusters.of(labels, centres.length, inertia, round, changed == 0);
    }

    private double measure(final TaskMonitor monitor) throws TaskCancelledException {
        return blocks.visit(1, (first, count) -> {
            final float[] row = new float[matrix.columns()];
            double sum = 0;
            for (int i = first; i < first + count; i++) {
                matrix.readRow(i, row);
                sum += Distance.squared(row, centres[labels[i]], Double.POSITIVE_INFINITY);
            }
            return sum;
        }, monitor);
    }

    /** @return number of rows that went to another cluster */
    private int assign(final TaskMonitor monitor) throws TaskCancelledException {
        return (int)blocks.visit(centres.length, (first, count) -> {
            final float[] row = new float[matrix.columns()];
            int changed = 0;
            for (int i = first; i < first + count; i++) {
                matrix.readRow(i, row);
                changed += assign(i, row);
            }
            return changed;
        }, monitor);
    }

    private int assign(final int index, final float[] row) {
        int best = 0;
        double distance = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centres.length; c++) {
            final double other = Distance.squared(row, centres[c], distance);
            if (other < distance) {
                distance = other;
                best = c;
            }
        }
        final boolean isChanged = labels[index] != best;
        labels[index] = best;
        distances[index] = distance;
        return isChanged ? 1 : 0;
    }

    private void fillEmptyClusters() {
        Arrays.fill(sizes, 0);
        for (int label : labels) {
            sizes[label]++;
        }
        for (int c = 0; c < sizes.length; c++) {
            if (sizes[c] == 0) {
                final int far = farthest();
                sizes[labels[far]]--;
                labels[far] = c;
                distances[far] = 0;
                sizes[c] = 1;
            }
        }
    }

    /** @return the row farthest from its centre that is not alone in its cluster; the first one of several */
    private int farthest() {
        int found = -1;
        for (int i = 0; i < labels.length; i++) {
            if (sizes[labels[i]] > 1 && (found < 0 || distances[i] > distances[found])) {
                found = i;
            }
        }
        return found;
    }

    /** Slices of the values are summed up side by side, each over all rows in their order. */
    private void move(final TaskMonitor monitor) throws TaskCancelledException {
        for (double[] centre : centres) {
            Arrays.fill(centre, 0);
        }
        final int slices = (matrix.columns() + VALUES_A_SLICE - 1) / VALUES_A_SLICE;
        final int most = Math.max(1, VALUES_A_CHECK / matrix.columns());
        for (int next = 0; next < labels.length;) {
            monitor.checkCancelled();
            final int first = next;
            final int count = (int)Math.min(most, matrix.rowsInPlace(first));
            final FloatBuffer rows = matrix.rows(first, count);
            IntStream.range(0, slices).parallel().forEach(slice -> add(rows, first, count, slice * VALUES_A_SLICE));
            next += count;
        }
        for (int c = 0; c < centres.length; c++) {
            for (int i = 0; i < centres[c].length; i++) {
                centres[c][i] /= sizes[c];
            }
        }
    }

    private void add(final FloatBuffer rows, final int first, final int count, final int start) {
        final float[] values = new float[Math.min(VALUES_A_SLICE, matrix.columns() - start)];
        for (int i = 0; i < count; i++) {
            rows.get(i * matrix.columns() + start, values);
            final double[] centre = centres[labels[first + i]];
            for (int j = 0; j < values.length; j++) {
                centre[start + j] += values[j];
            }
        }
    }
}
