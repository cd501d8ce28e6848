package org.spectralsignatures.scoring;

import java.util.Optional;

import org.spectralsignatures.engine.Algebra;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/**
 * The centred representations of one class, M of shape {@code [n, d]}, as an operator: nothing but the mean is held in
 * memory; the rows are passed over where the matrix of all representations is computed, on the processor or on an engine's device.
 */
final class ClassMatrix implements AutoCloseable {

    /** Values up to which nothing is taken to a device: it takes some milliseconds either way. */
    static final long SMALL = 1L << 20;

    private final int rows;

    private final int columns;

    private final TaskMonitor monitor;

    private final RowPasses passes;

    private final RowPasses.Beginning beginning;

    /**
     * Reads the rows once.
     *
     * @param activations all representations
     * @param rows those of the class, at least one
     * @param starts number of random combinations of the rows to make, see {@link #start()}
     * @param seed of those combinations
     * @param monitor asked during each pass
     * @throws IllegalArgumentException if a value is not finite; the message names the row's index
     */
    ClassMatrix(final NpyMatrix activations, final int[] rows, final int starts, final long seed, final TaskMonitor monitor)
        throws TaskCancelledException {
        this.rows = rows.length;
        columns = activations.columns();
        this.monitor = monitor;
        passes = passes(activations, rows, monitor);
        boolean done = false;
        try {
            beginning = passes.begin(starts, seed);
            done = true;
        } finally {
            if (!done) {
                passes.close();
            }
        }
    }

    private static RowPasses passes(final NpyMatrix activations, final int[] rows, final TaskMonitor monitor) {
        final Algebra algebra = activations.algebra();
        if ((long)rows.length * activations.columns() > SMALL) {
            final var matrix = algebra.matrix(new EnginePasses.ClassRows(activations, rows), monitor::isCancelled);
            if (matrix.isPresent()) {
                return new EnginePasses(matrix.get(), rows, activations.columns(), monitor);
            }
        }
        return new TiledPasses(activations, rows, algebra.products(), monitor);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    double[] mean() {
        return beginning.mean();
    }

    /** @return the squared Frobenius norm of M, the sum of its squared singular values */
    double squaredNorm() {
        return beginning.squaredNorm();
    }

    /** @return M^T g for random g, vectors of length d in the space of M's rows, which came with the first pass */
    double[][] start() {
        return beginning.start();
    }

    /**
     * @return M^T M times each of some vectors, each of length d, in one pass in single precision with sums in double precision; empty where that is no quicker than
     *         {@link #gram}: the matrix is small, or its device knows nothing else
     */
    Optional<BlockLanczos.Product> rough() {
        return (long)rows * columns <= SMALL ? Optional.empty() : passes.rough().map(product -> vectors -> product.of(vectors, mean()));
    }

    /**
     * Multiplies several vectors at once, in one pass, in double precision.
     *
     * @param vectors each of length d
     * @param projections receives M v of each vector, each of length n; null for no use
     * @return M^T M v of each vector, each of length d
     */
    double[][] gram(final double[][] vectors, final double[][] projections) throws TaskCancelledException {
        return passes.gram(vectors, mean(), projections);
    }

    /** @return whether the rows differ by more than the rounding of their mean leaves where all are equal */
    boolean varies() {
        final double norm = Vectors.norm(mean());
        return rows > 1 && squaredNorm() > 1e-13 * rows * norm * norm;
    }

    /** @return the squared length of each centred row, {@code [n]} */
    double[] squaredNorms() throws TaskCancelledException {
        return passes.squaredNorms(mean());
    }

    /** @throws TaskCancelledException if the monitor says so */
    void checkCancelled() throws TaskCancelledException {
        monitor.checkCancelled();
    }

    /** Frees the native buffers. */
    @Override
    public void close() {
        passes.close();
    }
}
