package org.spectralsignatures.numpy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.storage.FileSpace;
import org.spectralsignatures.storage.TemporaryFile;

/**
 * The bytes of an entry of an archive, stored or compressed; never more of them than its directory says, and only those with a right checksum.
 *
 * @param file the archive
 * @param name of the entry
 * @param method by which it is packed: 0 stored, 8 deflated
 * @param isEncrypted whether a password is needed
 * @param checksum of its bytes (CRC-32)
 * @param size of its bytes
 * @param packed number of bytes in the archive
 * @param header where its own header lies in the archive
 */
record EntryBytes(Path file, String name, int method, boolean isEncrypted, long checksum, long size, long packed, long header) implements ArrayBytes {

    private static final int STORED = 0;

    private static final int DEFLATED = 8;

    private static final int HEADER = 0x04034b50;

    private static final int HEADER_BYTES = 30;

    private static final int BUFFER_BYTES = 1 << 16;

    /** So much is always unpacked: 64 MiB. */
    private static final long ALWAYS_BYTES = 1L << 26;

    /** Images of few colours shrink to a hundredth; deflating ends at 1,032. */
    private static final int LARGEST_RATIO = 200;

    private void check() throws IOException {
        if (isEncrypted) {
            throw new IOException("it needs a password");
        }
        if (method != STORED && method != DEFLATED) {
            throw new IOException("it is compressed by the method %d, but NumPy's savez and savez_compressed use 0 and 8 only".formatted(method));
        }
        if (method == STORED && size != packed) {
            throw new IOException("it is damaged: it is stored in %d bytes, but claims %d".formatted(packed, size));
        }
        if (size > ALWAYS_BYTES && size / LARGEST_RATIO > packed) {
            throw new IOException("it unpacks from %d to %d bytes, which no set does: if you made it, save it without compression (numpy.savez)".formatted(packed, size));
        }
    }

    private long start(final FileChannel channel) throws IOException {
        final var bytes = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        new BytesAtPlaces(channel, 0, channel).read(bytes, header);
        final long start = header + HEADER_BYTES + Short.toUnsignedInt(bytes.getShort(26)) + Short.toUnsignedInt(bytes.getShort(28));
        if (bytes.getInt(0) != HEADER || start > channel.size() - packed) {
            throw new IOException("it is damaged: it does not lie where the archive's directory says");
        }
        return start;
    }

    @Override
    public InputStream stream() throws IOException {
        check();
        final var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            channel.position(start(channel));
            final InputStream stored = new BufferedInputStream(new Packed(Channels.newInputStream(channel), packed), BUFFER_BYTES);
            return new Checked(method == STORED ? stored : new Inflated(stored), size, checksum);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public BytesAtPlaces atPlaces(final TaskMonitor monitor) throws IOException, TaskCancelledException {
        check();
        if (method == STORED) {
            final var channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new BytesAtPlaces(channel, start(channel), channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }
        return unpacked(monitor);
    }

    private BytesAtPlaces unpacked(final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final TemporaryFile unpacked = TemporaryFile.create("numpy");
        boolean complete = false;
        try (InputStream in = stream()) {
            FileSpace.reserve(unpacked.channel(), unpacked.path(), size, monitor);
            final var buffer = new byte[BUFFER_BYTES];
            for (long at = 0; at < size;) {
                monitor.checkCancelled();
                final int count = in.readNBytes(buffer, 0, (int)Math.min(buffer.length, size - at));
                if (count == 0) {
                    throw new EOFException("it is cut off");
                }
                for (final ByteBuffer some = ByteBuffer.wrap(buffer, 0, count); some.hasRemaining();) {
                    at += unpacked.channel().write(some, at);
                }
            }
            complete = true;
            return new BytesAtPlaces(unpacked.channel(), 0, unpacked);
        } finally {
            if (!complete) {
                unpacked.close();
            }
        }
    }

    /** The bytes of the entry in the archive, and not those behind it. */
    private static final class Packed extends FilterInputStream {

        private long left;

        private Packed(final InputStream archive, final long bytes) {
            super(archive);
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            final int value = left > 0 ? in.read() : -1;
            left -= value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(final byte[] target, final int offset, final int length) throws IOException {
            final int count = left > 0 || length == 0 ? in.read(target, offset, (int)Math.min(length, left)) : -1;
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public long skip(final long bytes) throws IOException {
            final long count = in.skip(Math.min(bytes, left));
            left -= count;
            return count;
        }
    }

    /** Unpacks, and frees the memory of the unpacker. */
    private static final class Inflated extends InflaterInputStream {

        private Inflated(final InputStream packed) {
            super(packed, new Inflater(true), BUFFER_BYTES);
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }

    /** Ends behind so many bytes, once they are found to be those that were written. */
    private static final class Checked extends CheckedInputStream {

        private final long checksum;

        private long left;

        private Checked(final InputStream in, final long size, final long checksum) {
            super(in, new CRC32());
            this.checksum = checksum;
            left = size;
        }

        private void count(final int read) throws IOException {
            if (read < 0) {
                throw new EOFException("it is cut off");
            }
            left -= read;
            if (left == 0 && read > 0 && getChecksum().getValue() != checksum) {
                throw new IOException("it is damaged: its checksum is wrong");
            }
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            final int value = super.read();
            count(value < 0 ? -1 : 1);
            return value;
        }

        @Override
        public int read(final byte[] target, final int offset, final int length) throws IOException {
            if (left == 0 || length == 0) {
                return length == 0 ? 0 : -1;
            }
            final int read = super.read(target, offset, (int)Math.min(length, left));
            count(read);
            return read;
        }

        @Override
        public long skip(final long bytes) throws IOException {
            final var some = new byte[(int)Math.min(bytes, BUFFER_BYTES)];
            return Math.max(0, read(some, 0, some.length));
        }
    }
}
