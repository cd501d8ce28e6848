package org.spectralsignatures.engine.cuda.rows;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.spectralsignatures.engine.RowMatrix;
import org.spectralsignatures.engine.cuda.device.Device;
import org.spectralsignatures.engine.cuda.device.DeviceException;
import org.spectralsignatures.engine.cuda.device.HostMemory;
import org.spectralsignatures.engine.cuda.device.Memory;
import org.spectralsignatures.engine.cuda.device.Operation;
import org.spectralsignatures.engine.cuda.device.Span;
import org.spectralsignatures.engine.cuda.kernels.Kernel;

/**
 * A matrix on a device, with sums in double precision by kernels of our own: cuBLAS has no product of single with double precision, and to round to single precision is
 * what makes the search for singular vectors long. One thread at a time may use it; it takes turns with all sessions.
 */
public final class CudaRowMatrix implements RowMatrix {

    /** Rows that are summed up one after the other. */
    private static final int ROWS_PER_SUM = 64;

    /** Of the free memory, for the rows: the rest is for what is computed, and for others. */
    private static final double SHARE = .8;

    /** Rows of which what is copied at a time is no longer than Java's buffers. */
    private static final int MOST_ROWS = Integer.MAX_VALUE / (MOST * Double.BYTES);

    /** Columns for which there are blocks of threads, by CUDA's limit of 65,535 in that direction. */
    private static final int MOST_COLUMNS = 65_535 * Kernel.THREADS;

    private final Device device;

    private final Lock turns;

    private final int n;

    private final int d;

    private RowPieces pieces;

    private Memory memory;

    private HostMemory host;

    private Device.Mark done;

    private Span shift;

    private Span vectors;

    private Span weights;

    private Span partial;

    private Span sums;

    /**
     * @param device of its own, closed with it
     * @param turns held while it computes
     * @param rows of the matrix
     * @param cancelled asked before each piece
     * @throws IllegalStateException if the device fails; it is closed then
     */
    public CudaRowMatrix(final Device device, final Lock turns, final Rows rows, final BooleanSupplier cancelled) {
        this.device = device;
        this.turns = turns;
        n = rows.count();
        d = rows.columns();
        try {
            inTurn(() -> {
                allocate(rows, cancelled);
                return null;
            });
        } catch (RuntimeException | Error e) { // NOSONAR nothing may be left behind
            close();
            throw e;
        }
    }

    /** @return whether a matrix is small enough to be taken to a device */
    public static boolean takes(final Rows rows) {
        return rows.count() <= MOST_ROWS && rows.columns() <= MOST_COLUMNS;
    }

    /** In the same turn in which what is free is asked, or another matrix would count on it, too. */
    private void allocate(final Rows rows, final BooleanSupplier cancelled) {
        final long wide = (long)MOST * d * Double.BYTES;
        final long tall = (long)MOST * n * Double.BYTES;
        pieces = new RowPieces(device, rows, (long)(SHARE * device.freeBytes()) - 3 * wide - tall, cancelled);
        final long blocks = blocks(pieces.each());
        final long[] lengths = {(long)d * Double.BYTES, wide, tall, blocks * wide, wide};
        final var spans = new Span[lengths.length];
        long bytes = 0;
        for (long length : lengths) {
            bytes += aligned(length);
        }
        memory = device.allocate(bytes);
        long offset = 0;
        for (int i = 0; i < spans.length; i++) {
            spans[i] = new Span(memory, offset, lengths[i]);
            offset += aligned(lengths[i]);
        }
        shift = spans[0];
        vectors = spans[1];
        weights = spans[2];
        partial = spans[3];
        sums = spans[4];
        host = device.host(Math.toIntExact(Math.max(wide, tall)));
        done = device.mark();
    }

    private static long aligned(final long bytes) {
        return (bytes + 255) / 256 * 256;
    }

    private static int blocks(final int rows) {
        return (rows + ROWS_PER_SUM - 1) / ROWS_PER_SUM;
    }

    private <T> T inTurn(final Supplier<T> work) {
        turns.lock();
        try {
            return work.get();
        } catch (DeviceException e) {
            throw new IllegalStateException(e.explained(false), e);
        } finally {
            turns.unlock();
        }
    }

    /** Waits, too, so that the memory of the machine can be filled anew. */
    private void upload(final Span to, final double[]... rows) {
        final DoubleBuffer values = host.buffer().asDoubleBuffer();
        for (double[] row : rows) {
            values.put(row);
        }
        device.upload(host, 0, new Span(to.memory(), to.offset(), (long)rows.length * rows[0].length * Double.BYTES), Device.Queue.COMPUTE);
        await();
    }

    private double[] download(final Span from, final int count) {
        device.download(new Span(from.memory(), from.offset(), (long)count * Double.BYTES), host, 0);
        await();
        final var values = new double[count];
        final ByteBuffer buffer = host.buffer();
        buffer.asDoubleBuffer().get(values);
        return values;
    }

    private void await() {
        device.set(done, Device.Queue.COMPUTE);
        device.await(done);
    }

    private void launch(final Kernel kernel, final int blocks, final int columns, final Object... arguments) {
        device.run(new Operation.Launch(kernel, 1, blocks, columns, List.of(arguments)));
    }

    /** Part of an array that has so many values of double precision for each row. */
    private static Span ofRows(final Span array, final int first, final int rows, final int each) {
        return new Span(array.memory(), array.offset() + (long)first * each * Double.BYTES, (long)rows * each * Double.BYTES);
    }

    @Override
    public double[] squaredNorms(final double[] subtracted) {
        return inTurn(() -> {
            upload(shift, subtracted);
            pieces.pass((rows, first, count) -> launch(Kernel.ROW_NORMS, count, 1, rows, shift, ofRows(weights, first, count, 1), d));
            return download(weights, n);
        });
    }

    @Override
    public double[][] combine(final double[][] given, final double[] subtracted) {
        final int k = given.length;
        final var byRow = new double[n * k];
        for (int v = 0; v < k; v++) {
            for (int i = 0; i < n; i++) {
                byRow[i * k + v] = given[v][i];
            }
        }
        return inTurn(() -> {
            upload(shift, subtracted);
            upload(weights, byRow);
            device.run(new Operation.Clear(sums));
            pieces.pass((rows, first, count) -> add(rows, first, count, k));
            return rows(download(sums, k * d), k);
        });
    }

    private void add(final Span rows, final int first, final int count, final int k) {
        final int blocks = blocks(count);
        final long values = (long)k * d;
        final Span parts = partial.part(0, blocks * values * Double.BYTES);
        launch(Kernel.ROW_SUMS, blocks, (d + Kernel.THREADS - 1) / Kernel.THREADS, rows, shift, ofRows(weights, first, count, k), parts, count, d, k, ROWS_PER_SUM);
        launch(Kernel.ROW_TOTALS, (int)((values + Kernel.THREADS - 1) / Kernel.THREADS), 1, parts, sums, values, blocks);
    }

    @Override
    public double[][] gram(final double[][] given, final double[] subtracted, final double[][] projections) {
        final int k = given.length;
        final Span multiplied = vectors.part(0, (long)k * d * Double.BYTES);
        return inTurn(() -> {
            upload(shift, subtracted);
            upload(multiplied, given);
            device.run(new Operation.Clear(sums));
            pieces.pass((rows, first, count) -> {
                launch(Kernel.ROW_PRODUCTS, count, 1, rows, shift, multiplied, ofRows(weights, first, count, k), d, k);
                add(rows, first, count, k);
            });
            if (projections != null) {
                final double[] products = download(weights, n * k);
                for (int v = 0; v < k; v++) {
                    for (int i = 0; i < n; i++) {
                        projections[v][i] = products[i * k + v];
                    }
                }
            }
            return rows(download(sums, k * d), k);
        });
    }

    private double[][] rows(final double[] values, final int k) {
        final var rows = new double[k][d];
        for (int v = 0; v < k; v++) {
            System.arraycopy(values, v * d, rows[v], 0, d);
        }
        return rows;
    }

    static void close(final AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) { // NOSONAR the device is lost, and with it what was on it
        }
    }

    @Override
    public void close() {
        turns.lock();
        try {
            if (done != null) {
                await();
            }
        } catch (DeviceException e) { // NOSONAR it was told where it happened
        } finally {
            for (AutoCloseable part : new AutoCloseable[]{pieces, memory, host, done, device}) {
                close(part);
            }
            turns.unlock();
        }
    }
}
