package org.spectralsignatures.engine.cuda.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/** A device that computes nothing: it sees that nothing is read before it is written, and that nothing is used after it was freed. */
public final class RecordingDevice extends QueuedDevice {

    private final class Piece implements Memory, HostMemory {

        private final long bytes;

        private final long address;

        private final BitSet written = new BitSet();

        private final ByteBuffer values;

        private boolean open = true;

        Piece(final long bytes, final boolean host) {
            this.bytes = bytes;
            values = host ? ByteBuffer.allocateDirect((int)bytes) : null;
            address = next;
            next += (bytes + 511) / 256 * 256;
            opened(this);
        }

        private void requireOpen() {
            if (!open) {
                throw new AssertionError("Memory is used after it was freed.");
            }
        }

        @Override
        public long address() {
            requireOpen();
            return address;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public ByteBuffer buffer() {
            requireOpen();
            return values.duplicate().clear().order(ByteOrder.nativeOrder());
        }

        @Override
        public void close() {
            synchronized (RecordingDevice.this) {
                if (closing(this)) {
                    open = false;
                }
            }
        }
    }

    private long next = 256;

    /** @param early whether copies are done before what was told to the other queue first */
    public RecordingDevice(final boolean early) {
        super(early);
    }

    @Override
    protected Memory make(final long bytes) {
        return new Piece(bytes, false);
    }

    @Override
    protected HostMemory makeHost(final int bytes) {
        return new Piece(bytes, true);
    }

    private static void write(final Span span) {
        final var piece = (Piece)span.memory();
        piece.requireOpen();
        piece.written.set((int)span.offset(), (int)(span.offset() + span.bytes()));
    }

    private static void read(final Span span, final Object by) {
        final var piece = (Piece)span.memory();
        piece.requireOpen();
        final int first = piece.written.nextClearBit((int)span.offset());
        if (first < span.offset() + span.bytes()) {
            throw new AssertionError("Byte %d of %s is read before it is written, by %s".formatted(first - span.offset(), span, by));
        }
    }

    @Override
    protected void copy(final HostMemory from, final int offset, final Span to) {
        from.buffer().slice(offset, (int)to.bytes());
        write(to);
    }

    @Override
    protected void copy(final Span from, final HostMemory to, final int offset) {
        to.buffer().slice(offset, (int)from.bytes());
        read(from, "a copy");
    }

    @Override
    protected void perform(final Operation operation) {
        operation.reads().forEach(span -> read(span, operation));
        operation.writes().forEach(RecordingDevice::write);
    }
}
