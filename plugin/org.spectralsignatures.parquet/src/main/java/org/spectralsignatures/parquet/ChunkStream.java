package org.spectralsignatures.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;

/** The bytes of one stretch of a file. Several streams may read the same file in turn. */
final class ChunkStream extends InputStream {

    private static final int BUFFER_BYTES = 1 << 13;

    private final RandomAccessFile file;

    private final byte[] buffer = new byte[BUFFER_BYTES];

    private final long end;

    /** Where the buffer ends in the file. */
    private long position;

    private int next;

    private int limit;

    /**
     * @param file to read from
     * @param start first byte
     * @param length number of bytes
     */
    ChunkStream(final RandomAccessFile file, final long start, final long length) {
        this.file = file;
        position = start;
        end = start + length;
    }

    /** @return number of bytes that are left */
    long left() {
        return limit - next + end - position;
    }

    @Override
    public int read() throws IOException {
        if (next == limit && !fill()) {
            return -1;
        }
        return buffer[next++] & 0xff;
    }

    @Override
    public int read(final byte[] target, final int offset, final int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next == limit && !fill()) {
            return -1;
        }
        final int count = Math.min(length, limit - next);
        System.arraycopy(buffer, next, target, offset, count);
        next += count;
        return count;
    }

    private boolean fill() throws IOException {
        final int wanted = (int)Math.min(BUFFER_BYTES, end - position);
        if (wanted == 0) {
            return false;
        }
        readAt(buffer, 0, wanted);
        next = 0;
        limit = wanted;
        return true;
    }

    private void readAt(final byte[] target, final int offset, final int count) throws IOException {
        file.seek(position);
        file.readFully(target, offset, count);
        position += count;
    }

    /** @return the next bytes, none of which may be missing */
    byte[] take(final int count) throws IOException {
        if (count > left()) {
            throw new EOFException("It is cut off.");
        }
        final var bytes = new byte[count];
        final int buffered = Math.min(count, limit - next);
        System.arraycopy(buffer, next, bytes, 0, buffered);
        next += buffered;
        if (buffered < count) {
            readAt(bytes, buffered, count - buffered);
        }
        return bytes;
    }
}
