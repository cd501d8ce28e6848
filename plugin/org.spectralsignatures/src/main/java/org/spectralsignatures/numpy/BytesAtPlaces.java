package org.spectralsignatures.numpy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Bytes of a part of a file that can be read at any place.
 *
 * @param channel of the file
 * @param start of the part
 * @param owner closed with it
 */
record BytesAtPlaces(FileChannel channel, long start, AutoCloseable owner) implements AutoCloseable {

    /** Fills a buffer with the bytes from a place in the part on. */
    void read(final ByteBuffer target, final long place) throws IOException {
        long at = start + place;
        while (target.hasRemaining()) {
            final int count = channel.read(target, at);
            if (count < 0) {
                throw new EOFException("it is cut off");
            }
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            owner.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
