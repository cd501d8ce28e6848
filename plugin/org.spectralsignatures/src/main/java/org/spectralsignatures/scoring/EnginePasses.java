package org.spectralsignatures.scoring;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

import org.spectralsignatures.engine.RowMatrix;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/** {@link RowPasses} on an engine that takes the whole class to its device; all of them are in double precision. */
final class EnginePasses implements RowPasses {

    /** The rows of the class in their file. */
    record ClassRows(NpyMatrix activations, int[] rows) implements RowMatrix.Rows { // NOSONAR never compared

        @Override
        public int count() {
            return rows.length;
        }

        @Override
        public int columns() {
            return activations.columns();
        }

        /** Rows that lie together in the file are copied at once. */
        @Override
        public void copy(final int first, final int number, final FloatBuffer target) {
            int done = 0;
            while (done < number) {
                final int row = rows[first + done];
                final long most = Math.min(number - done, activations.rowsInPlace(row));
                int together = 1;
                while (together < most && rows[first + done + together] == row + together) {
                    together++;
                }
                target.put(activations.rows(row, together));
                done += together;
            }
        }
    }

    /** A call of the engine, which may end early because somebody wants no more. */
    private interface Call<T> {
        T run();
    }

    private final RowMatrix matrix;

    private final int[] rows;

    private final int columns;

    private final TaskMonitor monitor;

    private double[] norms;

    /**
     * @param matrix of the class's rows, closed with this object
     * @param rows where they lie among all activations
     * @param columns of the matrix
     * @param monitor asked when a call ends early
     */
    EnginePasses(final RowMatrix matrix, final int[] rows, final int columns, final TaskMonitor monitor) {
        this.matrix = matrix;
        this.rows = rows;
        this.columns = columns;
        this.monitor = monitor;
    }

    private <T> T ask(final Call<T> call) throws TaskCancelledException {
        monitor.checkCancelled();
        try {
            return call.run();
        } catch (IllegalStateException e) {
            monitor.checkCancelled();
            throw e;
        }
    }

    @Override
    public Beginning begin(final int starts, final long seed) throws TaskCancelledException {
        final double[] raw = ask(() -> matrix.squaredNorms(new double[columns]));
        for (int i = 0; i < raw.length; i++) {
            if (!Double.isFinite(raw[i])) {
                throw TiledPasses.notFinite(rows[i]);
            }
        }
        final var even = new double[rows.length];
        Arrays.fill(even, 1. / rows.length);
        final double[] mean = combine(new double[][]{even}, new double[columns])[0];
        norms = ask(() -> matrix.squaredNorms(mean));
        final double[][] start = starts == 0 ? new double[0][] : combine(TiledPasses.weights(rows.length, starts, seed), mean);
        return new Beginning(mean, Arrays.stream(norms).sum(), start);
    }

    private double[][] combine(final double[][] weights, final double[] shift) throws TaskCancelledException {
        final var sums = new double[weights.length][];
        for (int first = 0; first < weights.length; first += RowMatrix.MOST) {
            final double[][] some = Arrays.copyOfRange(weights, first, Math.min(weights.length, first + RowMatrix.MOST));
            final double[][] of = ask(() -> matrix.combine(some, shift));
            System.arraycopy(of, 0, sums, first, of.length);
        }
        return sums;
    }

    @Override
    public Optional<Rough> rough() {
        return Optional.empty();
    }

    @Override
    public double[][] gram(final double[][] vectors, final double[] mean, final double[][] projections) throws TaskCancelledException {
        final var sums = new double[vectors.length][];
        for (int first = 0; first < vectors.length; first += RowMatrix.MOST) {
            final int end = Math.min(vectors.length, first + RowMatrix.MOST);
            final double[][] some = Arrays.copyOfRange(vectors, first, end);
            final double[][] to = projections == null ? null : Arrays.copyOfRange(projections, first, end);
            final double[][] of = ask(() -> matrix.gram(some, mean, to));
            System.arraycopy(of, 0, sums, first, of.length);
        }
        return sums;
    }

    @Override
    public double[] squaredNorms(final double[] mean) {
        return norms.clone();
    }

    @Override
    public void close() {
        matrix.close();
    }
}
