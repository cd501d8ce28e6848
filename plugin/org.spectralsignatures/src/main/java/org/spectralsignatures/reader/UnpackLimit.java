package org.spectralsignatures.reader;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ends the unpacking of a file that grows beyond all images: a few kilobytes of gzip can hold a thousand times as much. */
final class UnpackLimit extends FilterInputStream {

    /** So much is always unpacked: 64 MiB. */
    private static final long ALWAYS_BYTES = 1L << 26;

    /** Images of few colours shrink to a tenth; gzip ends at 1,032. */
    private static final int LARGEST_RATIO = 100;

    private static final long MOST_BYTES = 1L << 32;

    private final long most;

    private long count;

    private UnpackLimit(final InputStream in, final long most) {
        super(in);
        this.most = most;
    }

    static InputStream of(final InputStream in, final Path packed) throws IOException {
        return new UnpackLimit(in, bytes(packed));
    }

    /** @return the most that is unpacked of a file */
    static long bytes(final Path packed) throws IOException {
        return Math.min(MOST_BYTES, Math.max(ALWAYS_BYTES, LARGEST_RATIO * Files.size(packed)));
    }

    private int counted(final long read) throws IOException {
        count += Math.max(0, read);
        if (count > most) {
            throw new IOException("it unpacks to more than %d bytes, which no set of images does".formatted(most));
        }
        return (int)read;
    }

    @Override
    public int read() throws IOException {
        final int value = in.read();
        counted(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(final byte[] target, final int offset, final int length) throws IOException {
        return counted(in.read(target, offset, length));
    }

    @Override
    public long skip(final long bytes) throws IOException {
        return counted(in.skip(Math.min(bytes, 1 << 20)));
    }
}
