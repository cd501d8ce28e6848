package org.spectralsignatures.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.spectralsignatures.image.RegularFile;

/**
 * An HDF5 file (the HDF Group's <i>File Format Specification</i> 3.0), which may come from a stranger: what h5py writes by default, and what lies in
 * it as whole arrays. Every address and length is held against the file, and what it takes to read headers has a bound.
 */
public final class Hdf5File implements AutoCloseable {

    private static final byte[] SIGNATURE = {(byte)0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private final FileChannel channel;

    private final Hdf5Group root;

    private Hdf5File(final FileChannel channel, final Hdf5Group root) {
        this.channel = channel;
        this.root = root;
    }

    /**
     * @param file an HDF5 file
     * @return it, open
     * @throws IOException if it is none that is read; the message does not name it
     */
    public static Hdf5File open(final Path file) throws IOException {
        RegularFile.open(file).close();
        return of(FileChannel.open(file, StandardOpenOption.READ));
    }

    /**
     * @param channel of an HDF5 file, which is closed with it
     * @return it, open
     * @throws IOException if it is none that is read
     */
    public static Hdf5File of(final FileChannel channel) throws IOException {
        boolean complete = false;
        try {
            final var bytes = new Hdf5Bytes(channel);
            final var result = new Hdf5File(channel, new Hdf5Group(bytes, "", root(bytes)));
            complete = true;
            return result;
        } finally {
            if (!complete) {
                channel.close();
            }
        }
    }

    /** @return address of the header of the outermost group */
    private static long root(final Hdf5Bytes bytes) throws IOException {
        final ByteBuffer head = bytes.at(0, 48);
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (head.get(i) != SIGNATURE[i]) {
                throw new Hdf5Exception("it is no HDF5 file");
            }
        }
        final int version = head.get(8);
        final boolean old = version < 2;
        if (version < 0 || version > 3 || head.get(old ? 13 : 9) != Hdf5Bytes.ADDRESS || head.get(old ? 14 : 10) != Hdf5Bytes.ADDRESS) {
            throw new Hdf5Exception("it is an HDF5 file of a form that is not read (superblock %d)".formatted(version));
        }
        final int base = old ? 24 + 4 * version : 12;
        if (bytes.at(base, Hdf5Bytes.ADDRESS).getLong(0) != 0) {
            throw new Hdf5Exception("it is an HDF5 file that something stands before");
        }
        return bytes.at(base + (old ? 5 : 3) * (long)Hdf5Bytes.ADDRESS, Hdf5Bytes.ADDRESS).getLong(0);
    }

    /** @return the group that holds all others */
    public Hdf5Group root() {
        return root;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
