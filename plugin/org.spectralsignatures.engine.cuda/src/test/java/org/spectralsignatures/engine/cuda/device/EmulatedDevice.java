package org.spectralsignatures.engine.cuda.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A device on the processor: the same kernels, and convolutions by their definition. After each operation the zones around all memory are looked at. */
public final class EmulatedDevice extends QueuedDevice {

    private final class Piece implements Memory, HostMemory {

        private final long address;

        private final long bytes;

        Piece(final long bytes) {
            this.bytes = bytes;
            address = Emulator.allocate(bytes);
            pieces.add(this);
            opened(this);
        }

        @Override
        public long address() {
            requireOpen();
            return address;
        }

        private void requireOpen() {
            if (!pieces.contains(this)) {
                throw new AssertionError("Memory is used after it was freed.");
            }
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public ByteBuffer buffer() {
            requireOpen();
            return Emulator.buffer(address, bytes).order(ByteOrder.nativeOrder());
        }

        @Override
        public void close() {
            synchronized (EmulatedDevice.this) {
                if (closing(this)) {
                    pieces.remove(this);
                    Emulator.free(address);
                }
            }
        }
    }

    private final List<Piece> pieces = new ArrayList<>();

    /** @param early whether copies are done before what was told to the other queue first */
    public EmulatedDevice(final boolean early) {
        super(early);
    }

    /** Skips the calling test where it cannot be built. */
    public static void require() {
        Emulator.require();
    }

    @Override
    protected Memory make(final long bytes) {
        return new Piece(bytes);
    }

    @Override
    protected HostMemory makeHost(final int bytes) {
        return new Piece(bytes);
    }

    private static ByteBuffer bytes(final Span span) {
        return Emulator.buffer(span.address(), span.bytes());
    }

    @Override
    protected void copy(final HostMemory from, final int offset, final Span to) {
        bytes(to).put(0, from.buffer(), offset, Math.toIntExact(to.bytes()));
    }

    @Override
    protected void copy(final Span from, final HostMemory to, final int offset) {
        to.buffer().put(offset, bytes(from), 0, Math.toIntExact(from.bytes()));
    }

    @Override
    protected void perform(final Operation operation) {
        if (operation instanceof Operation.Launch launch) {
            launch(launch);
        } else if (operation instanceof Operation.Convolve convolve) {
            convolve(convolve);
        } else {
            final ByteBuffer target = bytes(((Operation.Clear)operation).target());
            target.put(new byte[target.capacity()]);
        }
        for (Piece piece : pieces) {
            if (!Emulator.intact(piece.address, piece.bytes)) {
                throw new AssertionError(operation + " wrote outside its memory");
            }
        }
    }

    private static void launch(final Operation.Launch launch) {
        final long[] slots = launch.arguments().stream().mapToLong(argument -> {
            if (argument instanceof Span span) {
                return span.address();
            }
            if (argument instanceof Float number) {
                return Float.floatToRawIntBits(number) & 0xffffffffL;
            }
            return argument == null ? 0 : ((Number)argument).longValue();
        }).toArray();
        final String trouble = Emulator.launch(launch.function(), launch.blocks(), launch.columns(), slots);
        if (trouble != null) {
            throw new AssertionError(launch.function() + ": " + trouble);
        }
    }

    private static void convolve(final Operation.Convolve operation) {
        final ConvolutionShape s = operation.convolution().shape();
        final int[] sizes = {s.images(), s.height(), s.width(), s.channels(), s.filters(), s.side(), s.stride(), s.above(), s.left(), s.newHeight(), s.newWidth()};
        final Convolution.Direction direction = operation.direction();
        final Span x = direction == Convolution.Direction.INPUT ? operation.result() : operation.first();
        final Span w = direction == Convolution.Direction.KERNELS ? operation.result() : operation.second();
        final Span y = switch (direction) {
            case FORWARD -> operation.result();
            case INPUT -> operation.first();
            case KERNELS -> operation.second();
        };
        requireBytes(x, s.inputBytes());
        requireBytes(w, s.kernelBytes());
        requireBytes(y, s.resultBytes());
        final long workspace = operation.convolution().workspace(direction);
        if (workspace > 0) {
            requireBytes(operation.workspace(), workspace);
            final ByteBuffer dirt = bytes(operation.workspace());
            for (int k = 0; k < dirt.capacity(); k++) {
                dirt.put(k, (byte)-1);
            }
        }
        Emulator.convolve(direction.ordinal(), x.address(), w.address(), y.address(), sizes);
    }

    private static void requireBytes(final Span span, final long bytes) {
        if (span.bytes() != bytes) {
            throw new AssertionError("A convolution needs %d bytes, not %d.".formatted(bytes, span.bytes()));
        }
    }
}
