package org.spectralsignatures.engine.cuda.rows;

import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;

import org.spectralsignatures.engine.RowMatrix;
import org.spectralsignatures.engine.cuda.device.Device;
import org.spectralsignatures.engine.cuda.device.HostMemory;
import org.spectralsignatures.engine.cuda.device.Memory;
import org.spectralsignatures.engine.cuda.device.Span;

/**
 * The rows of a matrix in pieces on a device. Where they all fit they are taken there once; else each pass takes them there again, one piece beside the computation
 * on the one before.
 */
final class RowPieces implements AutoCloseable {

    private static final int SLOTS = 2;

    private static final int PIECE_BYTES = 32 << 20;

    /** What is computed of a piece, in the queue of the computation. */
    interface Work {

        /**
         * @param rows on the device, {@code [count, columns]}
         * @param first index of the first of them
         * @param count their number
         */
        void on(Span rows, int first, int count);
    }

    private final Device device;

    private final RowMatrix.Rows rows;

    private final BooleanSupplier cancelled;

    private final long rowBytes;

    private final int each;

    private final boolean resident;

    private final HostMemory[] host = new HostMemory[SLOTS];

    private final Device.Mark[] copied = new Device.Mark[SLOTS];

    private final Device.Mark[] computed = new Device.Mark[SLOTS];

    private Memory memory;

    private boolean loaded;

    /**
     * @param device that computes
     * @param rows of the matrix
     * @param available bytes of the device that they may take
     * @param cancelled asked before each piece
     */
    RowPieces(final Device device, final RowMatrix.Rows rows, final long available, final BooleanSupplier cancelled) {
        this.device = device;
        this.rows = rows;
        this.cancelled = cancelled;
        rowBytes = (long)rows.columns() * Float.BYTES;
        resident = rowBytes * rows.count() <= available;
        final long most = Math.max(1, Math.min(PIECE_BYTES, resident ? PIECE_BYTES : available / SLOTS) / rowBytes);
        each = (int)Math.min(rows.count(), most);
        try {
            memory = device.allocate(resident ? rowBytes * rows.count() : rowBytes * each * SLOTS);
            for (int slot = 0; slot < SLOTS; slot++) {
                host[slot] = device.host(Math.toIntExact(rowBytes * each));
                copied[slot] = device.mark();
                computed[slot] = device.mark();
            }
        } catch (RuntimeException | Error e) { // NOSONAR nothing may be left behind
            close();
            throw e;
        }
    }

    /** @return most rows of a piece */
    int each() {
        return each;
    }

    /** @param work to be done on each piece, from the first to the last */
    void pass(final Work work) {
        for (int first = 0, piece = 0; first < rows.count(); first += each, piece++) {
            if (cancelled.getAsBoolean()) {
                throw new IllegalStateException("Nobody waits for the result any longer.");
            }
            final int count = Math.min(each, rows.count() - first);
            final int slot = piece % SLOTS;
            final Span span = new Span(memory, resident ? first * rowBytes : slot * each * rowBytes, count * rowBytes);
            if (!loaded) {
                load(span, first, count, slot);
            }
            work.on(span, first, count);
            if (!loaded) {
                device.set(computed[slot], Device.Queue.COMPUTE);
            }
        }
        loaded = resident;
    }

    private void load(final Span span, final int first, final int count, final int slot) {
        device.await(copied[slot]); // the memory of the machine is free again
        rows.copy(first, count, host[slot].buffer().order(ByteOrder.nativeOrder()).asFloatBuffer());
        if (!resident) {
            device.await(Device.Queue.COPY, computed[slot]);
        }
        device.upload(host[slot], 0, span, Device.Queue.COPY);
        device.set(copied[slot], Device.Queue.COPY);
        device.await(Device.Queue.COMPUTE, copied[slot]);
    }

    @Override
    public void close() {
        for (int slot = 0; slot < SLOTS; slot++) {
            for (AutoCloseable part : new AutoCloseable[]{host[slot], copied[slot], computed[slot]}) {
                CudaRowMatrix.close(part);
            }
        }
        CudaRowMatrix.close(memory);
    }
}
