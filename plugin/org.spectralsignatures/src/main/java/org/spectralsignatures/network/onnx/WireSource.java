package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of a file, of which only those that are asked for are read, and how much of it has been taken into memory. */
final class WireSource {

    /** The largest models that programs write have some hundred thousand nodes with a dozen fields each. */
    private static final int MOST_FIELDS = 4_000_000;

    private static final long MOST_TEXT = 1 << 26;

    private static final int WINDOW = 1 << 16;

    private final FileChannel channel;

    private final long size;

    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);

    private long start;

    private int fields;

    private long text;

    WireSource(final FileChannel channel) throws IOException {
        this.channel = channel;
        size = channel.size();
    }

    long size() {
        return size;
    }

    /** @throws OnnxFormatException if it has more fields than memory is spent on */
    void countField() throws OnnxFormatException {
        if (++fields > MOST_FIELDS) {
            throw new OnnxFormatException("it has more than %d fields".formatted(MOST_FIELDS));
        }
    }

    /** @throws OnnxFormatException if its texts have more bytes than memory is spent on */
    void countText(final long bytes) throws OnnxFormatException {
        text += bytes;
        if (text > MOST_TEXT) {
            throw new OnnxFormatException("its names and texts have more than %d bytes".formatted(MOST_TEXT));
        }
    }

    int at(final long position) throws IOException {
        if (position < start || position >= start + window.limit()) {
            start = position;
            window.clear();
            read(window, position);
            window.flip();
        }
        return Byte.toUnsignedInt(window.get((int)(position - start)));
    }

    /**
     * @param from where the bytes begin
     * @param target is filled up
     */
    void copy(final long from, final ByteBuffer target) throws IOException {
        if (read(target, from) < 0 || target.hasRemaining()) {
            throw new OnnxFormatException("it was cut off while it was read");
        }
    }

    private int read(final ByteBuffer target, final long from) throws IOException {
        final int before = target.position();
        int count = 0;
        while (target.hasRemaining() && count >= 0) {
            count = channel.read(target, from + target.position() - before);
        }
        if (target.position() == before && target.hasRemaining()) {
            throw new OnnxFormatException("it was cut off while it was read");
        }
        return target.position() - before;
    }
}
