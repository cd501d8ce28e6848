package org.spectralsignatures.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** The bytes of a file by their addresses; each read lies within the file, and all of them together have a bound. */
final class Hdf5Bytes {

    /** Addresses and lengths are numbers of eight bytes. */
    static final int ADDRESS = 8;

    /** What stands where there is no address. */
    static final long NOWHERE = -1;

    /** Headers, names and texts of a file; those of a large network have a hundredth. */
    private static final long MOST_BYTES = 1L << 26;

    private final FileChannel channel;

    private final long size;

    private long left = MOST_BYTES;

    Hdf5Bytes(final FileChannel channel) throws IOException {
        this.channel = channel;
        size = channel.size();
    }

    /** @throws Hdf5Exception if the file does not have these bytes */
    void check(final long from, final long count) throws Hdf5Exception {
        if (from < 0 || count < 0 || from > size - count) {
            throw new Hdf5Exception("it points to %s bytes at %s, but has %d: it is cut off or damaged".formatted(Long.toUnsignedString(count),
                Long.toUnsignedString(from), size));
        }
    }

    /** @return bytes of the structure of the file */
    ByteBuffer at(final long from, final long count) throws IOException {
        check(from, count);
        left -= count + 1;
        if (left < 0) {
            throw new Hdf5Exception("its headers and texts have more than %d bytes, or lead around in a circle".formatted(MOST_BYTES));
        }
        final var bytes = ByteBuffer.allocate((int)count).order(ByteOrder.LITTLE_ENDIAN);
        fill(from, bytes);
        return bytes.flip();
    }

    /** @return as above, where a word of four letters has to begin them */
    ByteBuffer at(final long from, final long count, final String word) throws IOException {
        final ByteBuffer bytes = at(from, count);
        for (int i = 0; i < word.length(); i++) {
            if (bytes.get(i) != word.charAt(i)) {
                throw new Hdf5Exception("no '%s' stands at byte %d, where one should: it is damaged".formatted(word, from));
            }
        }
        return bytes;
    }

    /** Fills a buffer with values that were checked before. */
    void fill(final long from, final ByteBuffer target) throws IOException {
        final int start = target.position();
        while (target.hasRemaining()) {
            if (channel.read(target, from + target.position() - start) < 0) {
                throw new Hdf5Exception("it was cut off while it was read");
            }
        }
    }
}
