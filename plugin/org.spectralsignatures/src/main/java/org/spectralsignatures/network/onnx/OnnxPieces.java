package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.onnx.OnnxModel.Initialiser;
import org.spectralsignatures.network.onnx.OnnxModel.Range;

/** A model that is put together: of pieces of a model's file, of values that lie beside it, and of new bytes. Nothing is read before it is written. */
final class OnnxPieces {

    private static final int INITIALISER = 5;

    private static final int RAW_VALUES = 9;

    /** What is copied between two questions to the monitor. */
    private static final int CHUNK = 1 << 23;

    /** Bytes from a file, or new ones. */
    private record Piece(Path file, long from, long size, byte[] bytes) {
    }

    private final Path file;

    private final List<Piece> pieces = new ArrayList<>();

    private long size;

    /** @param file of the model */
    OnnxPieces(final Path file) {
        this.file = file;
    }

    long size() {
        return size;
    }

    private OnnxPieces add(final Piece piece) {
        pieces.add(piece);
        size += piece.size;
        return this;
    }

    OnnxPieces range(final Range range) {
        return add(new Piece(file, range.from(), range.size(), null));
    }

    OnnxPieces bytes(final byte[] bytes) {
        return add(new Piece(null, 0, bytes.length, bytes));
    }

    OnnxPieces all(final OnnxPieces others) {
        others.pieces.forEach(this::add);
        return this;
    }

    /** @return this, with a tensor that has its values in itself, wherever they lie */
    OnnxPieces initialiser(final String name, final Initialiser tensor) {
        final OnnxExternal values = tensor.external();
        if (values == null) {
            return range(tensor.range());
        }
        final var head = new WireWriter();
        tensor.shape().forEach(side -> head.number(1, side));
        final byte[] start = head.number(2, tensor.type()).text(8, name).begin(RAW_VALUES, values.size()).bytes();
        return bytes(new WireWriter().begin(INITIALISER, start.length + values.size()).bytes()).bytes(start)
            .add(new Piece(values.file(), values.from(), values.size(), null));
    }

    /** @throws OnnxFormatException if models cannot be so large */
    void checkSize() throws OnnxFormatException {
        if (size > Integer.MAX_VALUE) {
            throw new OnnxFormatException("with its values it has %,d bytes, but networks of up to 2 GB are run".formatted(size));
        }
    }

    /** @return the model in memory, direct */
    ByteBuffer inMemory() throws IOException {
        checkSize();
        final var target = ByteBuffer.allocateDirect((int)size);
        each((channel, piece) -> {
            if (channel == null) {
                target.put(piece.bytes);
            } else {
                new WireSource(channel).copy(piece.from, target.slice(target.position(), (int)piece.size));
                target.position(target.position() + (int)piece.size);
            }
        });
        return target.flip();
    }

    /**
     * @param target to be created or replaced
     * @param monitor cancellation
     */
    void write(final Path target, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        try (var out = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            each((channel, piece) -> {
                if (channel == null) {
                    final var bytes = ByteBuffer.wrap(piece.bytes);
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                } else {
                    copy(channel, piece, out, monitor);
                }
            });
        }
    }

    private static void copy(final FileChannel channel, final Piece piece, final FileChannel out, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        for (long done = 0; done < piece.size;) {
            monitor.checkCancelled();
            final long count = channel.transferTo(piece.from + done, Math.min(CHUNK, piece.size - done), out);
            if (count <= 0) {
                throw new OnnxFormatException("it was cut off while it was read");
            }
            done += count;
        }
    }

    /** Writes a piece. */
    private interface Write<E extends Exception> {
        void take(FileChannel channel, Piece piece) throws IOException, E;
    }

    private <E extends Exception> void each(final Write<E> write) throws IOException, E {
        final Map<Path, FileChannel> open = new HashMap<>();
        try {
            for (Piece piece : pieces) {
                if (piece.file != null && !open.containsKey(piece.file)) {
                    open.put(piece.file, FileChannel.open(piece.file, StandardOpenOption.READ));
                }
                write.take(piece.file == null ? null : open.get(piece.file), piece);
            }
        } finally {
            for (FileChannel channel : open.values()) {
                channel.close();
            }
        }
    }
}
