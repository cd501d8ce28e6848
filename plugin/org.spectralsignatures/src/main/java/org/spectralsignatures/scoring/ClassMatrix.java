package org.spectralsignatures.scoring;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/**
 * The centred representations of one class, M of shape {@code [n, d]}, as an operator: nothing but the mean is held in
 * memory, each product streams over the file. Rows are summed in a fixed number of blocks that are added in a fixed order,
 * so that the result does not depend on the number of threads.
 */
final class ClassMatrix {

    private static final int BLOCKS = 8;

    private static final int ROWS_PER_CHECK = 256;

    private final NpyMatrix activations;

    private final int[] rows;

    private final TaskMonitor monitor;

    private final double[] mean;

    private final double squaredNorm;

    /**
     * @param activations all representations
     * @param rows those of the class, at least one
     * @param monitor asked during each pass
     * @throws IllegalArgumentException if a value is not finite; the message names the row's index
     */
    ClassMatrix(final NpyMatrix activations, final int[] rows, final TaskMonitor monitor) throws TaskCancelledException {
        this.activations = activations;
        this.rows = rows;
        this.monitor = monitor;
        mean = sum((row, x, to) -> {
            for (int k = 0; k < x.length; k++) {
                to[k] += x[k];
            }
        }, columns());
        for (int k = 0; k < mean.length; k++) {
            mean[k] /= rows.length;
        }
        squaredNorm = sum((row, x, to) -> {
            double norm = 0;
            for (int k = 0; k < x.length; k++) {
                final double centred = x[k] - mean[k];
                norm += centred * centred;
            }
            if (!Double.isFinite(norm)) {
                throw new IllegalArgumentException("Row %d of the activations holds a value that is not finite.".formatted(rows[row]));
            }
            to[0] += norm;
        }, 1)[0];
    }

    int rows() {
        return rows.length;
    }

    int columns() {
        return activations.columns();
    }

    double[] mean() {
        return mean;
    }

    /** @return the squared Frobenius norm of M, the sum of its squared singular values */
    double squaredNorm() {
        return squaredNorm;
    }

    /** @return M^T M v, of length d, in one pass */
    double[] gram(final double[] v) throws TaskCancelledException {
        final double shift = dot(mean, v);
        final int d = columns();
        final double[] sum = sum((row, x, to) -> {
            final double y = dot(x, v) - shift;
            for (int k = 0; k < d; k++) {
                to[k] += y * x[k];
            }
            to[d] += y;
        }, d + 1);
        final double[] product = Arrays.copyOf(sum, d);
        for (int k = 0; k < d; k++) {
            product[k] -= sum[d] * mean[k];
        }
        return product;
    }

    /** @return R v, of length n, of the rows as they are or centred */
    double[] project(final double[] v, final boolean centred) throws TaskCancelledException {
        final double shift = centred ? dot(mean, v) : 0;
        final var result = new double[rows.length];
        sum((row, x, to) -> result[row] = dot(x, v) - shift, 0);
        return result;
    }

    private interface RowTask {
        void accept(int row, float[] values, double[] sum);
    }

    private double[] sum(final RowTask task, final int size) throws TaskCancelledException {
        final IntFunction<double[]> block = b -> {
            final var to = new double[size];
            final var values = new float[columns()];
            final int from = (int)((long)rows.length * b / BLOCKS);
            final int end = (int)((long)rows.length * (b + 1) / BLOCKS);
            for (int i = from; i < end; i++) {
                if ((i - from) % ROWS_PER_CHECK == 0) {
                    check();
                }
                activations.readRow(rows[i], values);
                task.accept(i, values, to);
            }
            return to;
        };
        final double[][] parts;
        try {
            parts = IntStream.range(0, BLOCKS).parallel().mapToObj(block).toArray(double[][]::new);
        } catch (CancelledInside e) {
            throw new TaskCancelledException();
        }
        final var total = new double[size];
        for (double[] part : parts) {
            for (int k = 0; k < size; k++) {
                total[k] += part[k];
            }
        }
        return total;
    }

    private void check() {
        try {
            monitor.checkCancelled();
        } catch (TaskCancelledException e) {
            throw new CancelledInside();
        }
    }

    /** Carries a cancellation through a stream. */
    private static final class CancelledInside extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CancelledInside() {
            super(null, null, false, false);
        }
    }

    /** Four sums side by side, which the processor can work on at once. */
    static double dot(final float[] x, final double[] v) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int k = 0;
        for (; k + 3 < x.length; k += 4) {
            a += x[k] * v[k];
            b += x[k + 1] * v[k + 1];
            c += x[k + 2] * v[k + 2];
            d += x[k + 3] * v[k + 3];
        }
        for (; k < x.length; k++) {
            a += x[k] * v[k];
        }
        return a + b + (c + d);
    }

    static double dot(final double[] x, final double[] v) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * v[k];
        }
        return sum;
    }
}
