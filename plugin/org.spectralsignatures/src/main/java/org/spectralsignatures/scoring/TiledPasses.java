package org.spectralsignatures.scoring;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.spectralsignatures.engine.Products;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/**
 * {@link RowPasses} on the processor: each pass streams over the file once, tile by tile, and works on several vectors. Rows are summed in a fixed number of
 * blocks that are added in a fixed order, so that the result does not depend on the number of threads.
 */
final class TiledPasses implements RowPasses {

    private static final int BLOCKS = 8;

    private final NpyMatrix activations;

    private final int[] rows;

    private final TaskMonitor monitor;

    private final Products products;

    private final RowTile[] tiles = new RowTile[BLOCKS];

    /**
     * @param activations all representations
     * @param rows those of the class, at least one
     * @param products of some rows
     * @param monitor asked during each pass
     */
    TiledPasses(final NpyMatrix activations, final int[] rows, final Products products, final TaskMonitor monitor) {
        this.activations = activations;
        this.rows = rows;
        this.products = products;
        this.monitor = monitor;
        boolean done = false;
        try {
            for (int b = 0; b < BLOCKS; b++) {
                tiles[b] = new RowTile(activations, products);
            }
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private int columns() {
        return activations.columns();
    }

    @Override
    public Optional<Rough> rough() {
        return Optional.of(this::roughly);
    }

    /**
     * The bounds of the tiles, and with them the seeds of random weights.
     *
     * @param rows their number
     * @param block one of them
     * @return index of its first row; that of the block after the last one is the number of rows
     */
    private static int start(final int rows, final int block) {
        return (int)((long)rows * block / BLOCKS);
    }

    /**
     * Random weights of the rows, for combinations of them.
     *
     * @param rows their number
     * @param starts number of combinations
     * @param seed of the weights
     * @return {@code [starts, rows]}, from -0.5 to 0.5
     */
    static double[][] weights(final int rows, final int starts, final long seed) {
        final var weights = new double[starts][rows];
        for (int b = 0; b < BLOCKS; b++) {
            for (int i = start(rows, b); i < start(rows, b + 1); i += RowTile.ROWS) {
                final var random = new SplittableRandom(seed + i);
                for (int r = i; r < Math.min(i + RowTile.ROWS, start(rows, b + 1)); r++) {
                    for (int s = 0; s < starts; s++) {
                        weights[s][r] = (float)(random.nextDouble() - .5);
                    }
                }
            }
        }
        return weights;
    }

    /** @return what is thrown where a row of the activations, by its index there, holds no numbers */
    static IllegalArgumentException notFinite(final int row) {
        return new IllegalArgumentException("Row %d of the activations holds a value that is not finite.".formatted(row));
    }

    /** Mean, squared norm and starting vectors, of the rows less the first one: that keeps the sum of squares from cancelling. */
    @Override
    public Beginning begin(final int starts, final long seed) throws TaskCancelledException {
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
                        throw notFinite(rows[first + r]);
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
        return beginning(origin, starts, sums);
    }

    private Beginning beginning(final float[] origin, final int starts, final double[][] sums) {
        final int d = columns();
        final double[] shift = Arrays.copyOf(sums[1], d);
        Vectors.scale(shift, 1.0 / rows.length);
        final var mean = new double[d];
        for (int k = 0; k < d; k++) {
            mean[k] = origin[k] + shift[k];
        }
        final double squaredNorm = Math.max(0, sums[0][0] - rows.length * Vectors.dot(shift, shift));
        final var start = new double[starts][];
        for (int s = 0; s < starts; s++) {
            start[s] = Arrays.copyOf(sums[2 + s], d);
            Vectors.add(start[s], -sums[0][1 + s], shift);
        }
        return new Beginning(mean, squaredNorm, start);
    }

    private double[][] roughly(final double[][] vectors, final double[] mean) throws TaskCancelledException {
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
        return centred(sums, mean);
    }

    @Override
    public double[][] gram(final double[][] vectors, final double[] mean, final double[][] projections) throws TaskCancelledException {
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
                    if (projections != null) {
                        projections[v][i] = y;
                    }
                    Vectors.add(sums[v], y, x);
                }
            }
            return sums;
        });
    }

    @Override
    public double[] squaredNorms(final double[] mean) throws TaskCancelledException {
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

    /** Takes the mean's part out: the sums of y * x hold the sum of y behind them. */
    private double[][] centred(final double[][] sums, final double[] mean) {
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
        final IntFunction<double[][]> part = b -> block.sum(b, start(rows.length, b), start(rows.length, b + 1));
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
