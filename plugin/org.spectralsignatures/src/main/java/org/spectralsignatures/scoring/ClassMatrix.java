package org.spectralsignatures.scoring;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.Products;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/**
 * The centred representations of one class, M of shape {@code [n, d]}, as an operator: nothing but the mean is held in
 * memory, each product streams over the file once and works on several vectors. Rows are summed in a fixed number of
 * blocks that are added in a fixed order, so that the result does not depend on the number of threads.
 */
final class ClassMatrix implements AutoCloseable {

    private static final int BLOCKS = 8;

    private final NpyMatrix activations;

    private final int[] rows;

    private final TaskMonitor monitor;

    private final Products products = Engines.get().products();

    private final RowTile[] tiles = new RowTile[BLOCKS];

    private final double[] mean;

    private double squaredNorm;

    private double[][] start;

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
        this.activations = activations;
        this.rows = rows;
        this.monitor = monitor;
        mean = new double[columns()];
        boolean done = false;
        try {
            for (int b = 0; b < BLOCKS; b++) {
                tiles[b] = new RowTile(activations, products);
            }
            firstPass(starts, seed);
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** Mean, squared norm and starting vectors, of the rows less the first one: that keeps the sum of squares from cancelling. */
    private void firstPass(final int starts, final long seed) throws TaskCancelledException {
        final int d = columns();
        final var origin = new float[d];
        activations.readRow(rows[0], origin);
        final double[][] sums;
        try (var subtracted = products.vector(origin)) {
            sums = tiles(2 + starts, (tile, first, count, to) -> {
                tile.take(rows, first, count, subtracted);
                final var weights = new float[2 + starts][count];
                final var random = new SplittableRandom(seed + first);
                for (int r = 0; r < count; r++) {
                    final float norm = tile.squaredNorm(r);
                    if (!Float.isFinite(norm)) {
                        throw new IllegalArgumentException("Row %d of the activations holds a value that is not finite.".formatted(rows[first + r]));
                    }
                    to[0][0] += norm;
                    weights[1][r] = 1;
                    for (int s = 0; s < starts; s++) {
                        weights[2 + s][r] = (float)(random.nextDouble() - .5);
                        to[0][1 + s] += weights[2 + s][r];
                    }
                }
                for (int s = 1; s < 2 + starts; s++) {
                    tile.addTo(to[s], weights[s]);
                }
            }, Math.max(d, 1 + starts));
        }
        final double[] shift = Arrays.copyOf(sums[1], d);
        Vectors.scale(shift, 1.0 / rows.length);
        for (int k = 0; k < d; k++) {
            mean[k] = origin[k] + shift[k];
        }
        squaredNorm = Math.max(0, sums[0][0] - rows.length * Vectors.dot(shift, shift));
        start = new double[starts][];
        for (int s = 0; s < starts; s++) {
            start[s] = Arrays.copyOf(sums[2 + s], d);
            Vectors.add(start[s], -sums[0][1 + s], shift);
        }
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

    /** @return M^T g for random g, vectors of length d in the space of M's rows, which came with the first pass */
    double[][] start() {
        return start;
    }

    /**
     * Multiplies several vectors at once, in one pass, in single precision with sums in double precision.
     *
     * @param vectors each of length d
     * @return M^T M v of each vector, each of length d
     */
    double[][] roughGram(final double[][] vectors) throws TaskCancelledException {
        final int d = columns();
        final double[] shifts = Arrays.stream(vectors).mapToDouble(v -> Vectors.dot(mean, v)).toArray();
        final var rounded = new Products.Vector[vectors.length];
        for (int v = 0; v < rounded.length; v++) {
            rounded[v] = products.vector(Vectors.round(vectors[v]));
        }
        final double[][] sums;
        try {
            sums = tiles(vectors.length, (tile, first, count, to) -> {
                tile.take(rows, first, count);
                final var values = new float[count];
                for (int v = 0; v < rounded.length; v++) {
                    tile.multiply(rounded[v], values);
                    for (int r = 0; r < count; r++) {
                        values[r] -= (float)shifts[v];
                        to[v][d] += values[r];
                    }
                    tile.addTo(to[v], values);
                }
            }, d + 1);
        } finally {
            for (Products.Vector vector : rounded) {
                vector.close();
            }
        }
        return centred(sums);
    }

    /**
     * Multiplies several vectors at once, in one pass, in double precision.
     *
     * @param vectors each of length d
     * @param projections receives M v of each vector, each of length n
     * @return M^T M v of each vector, each of length d
     */
    double[][] gram(final double[][] vectors, final double[][] projections) throws TaskCancelledException {
        return blocks((b, from, end) -> {
            final var sums = new double[vectors.length][columns()];
            final var values = new float[columns()];
            final var x = new double[columns()];
            for (int i = from; i < end; i++) {
                if ((i - from) % RowTile.ROWS == 0) {
                    check();
                }
                activations.readRow(rows[i], values);
                Vectors.subtract(values, mean, x);
                for (int v = 0; v < vectors.length; v++) {
                    final double y = Vectors.dot(x, vectors[v]);
                    projections[v][i] = y;
                    Vectors.add(sums[v], y, x);
                }
            }
            return sums;
        });
    }

    /** @return whether the rows differ by more than the rounding of their mean leaves where all are equal */
    boolean varies() {
        final double norm = Vectors.norm(mean);
        return rows.length > 1 && squaredNorm > 1e-13 * rows.length * norm * norm;
    }

    /** @return the squared length of each centred row, {@code [n]} */
    double[] squaredNorms() throws TaskCancelledException {
        final var norms = new double[rows.length];
        blocks((b, from, end) -> {
            final var values = new float[columns()];
            final var x = new double[columns()];
            for (int i = from; i < end; i++) {
                if ((i - from) % RowTile.ROWS == 0) {
                    check();
                }
                activations.readRow(rows[i], values);
                Vectors.subtract(values, mean, x);
                norms[i] = Vectors.dot(x, x);
            }
            return new double[0][];
        });
        return norms;
    }

    /** @throws TaskCancelledException if the monitor says so */
    void checkCancelled() throws TaskCancelledException {
        monitor.checkCancelled();
    }

    /** Takes the mean's part out: the sums of y * x hold the sum of y behind them. */
    private double[][] centred(final double[][] sums) {
        final int d = columns();
        final var result = new double[sums.length][];
        for (int v = 0; v < sums.length; v++) {
            result[v] = Arrays.copyOf(sums[v], d);
            Vectors.add(result[v], -sums[v][d], mean);
        }
        return result;
    }

    private interface TileTask {
        void accept(RowTile tile, int first, int count, double[][] sums);
    }

    private double[][] tiles(final int count, final TileTask task, final int size) throws TaskCancelledException {
        return blocks((b, from, end) -> {
            final var sums = new double[count][size];
            for (int i = from; i < end; i += RowTile.ROWS) {
                check();
                task.accept(tiles[b], i, Math.min(RowTile.ROWS, end - i), sums);
            }
            return sums;
        });
    }

    private interface Block {
        double[][] sum(int block, int from, int end);
    }

    private double[][] blocks(final Block block) throws TaskCancelledException {
        final IntFunction<double[][]> part = b -> block.sum(b, (int)((long)rows.length * b / BLOCKS),
            (int)((long)rows.length * (b + 1) / BLOCKS));
        // a failure waits until no block is at work: what the blocks read and write is freed after it
        final var failure = new AtomicReference<RuntimeException>();
        final double[][][] parts = IntStream.range(0, BLOCKS).parallel().mapToObj(b -> {
            try {
                return failure.get() == null ? part.apply(b) : new double[0][];
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
                return new double[0][];
            }
        }).toArray(double[][][]::new);
        if (failure.get() instanceof CancelledInside) {
            throw new TaskCancelledException();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        for (int b = 1; b < BLOCKS; b++) {
            for (int s = 0; s < parts[0].length; s++) {
                Vectors.add(parts[0][s], 1, parts[b][s]);
            }
        }
        return parts[0];
    }

    private void check() {
        try {
            monitor.checkCancelled();
        } catch (TaskCancelledException e) {
            throw new CancelledInside();
        }
    }

    /** Frees the native buffers. */
    @Override
    public void close() {
        for (RowTile tile : tiles) {
            if (tile != null) {
                tile.close();
            }
        }
    }

    /** Carries a cancellation through a stream. */
    private static final class CancelledInside extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CancelledInside() {
            super(null, null, false, false);
        }
    }
}
