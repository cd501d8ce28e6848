package org.spectralsignatures.reader;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.spectralsignatures.image.RegularFile;

/** The bytes of a file of a data set, or of an entry of an archive: whatever goes wrong with them says its name and what to do. */
final class NamedInput extends FilterInputStream {

    private static final int BUFFER_BYTES = 1 << 16;

    /** An exception whose message has the name already. */
    static final class NamedException extends IOException {

        private static final long serialVersionUID = 1L;

        NamedException(final String name, final String what, final Exception cause) {
            super("'%s' cannot be read: %s Download or copy it again.".formatted(name, what), cause);
        }
    }

    private final String name;

    private NamedInput(final InputStream in, final String name) {
        super(in);
        this.name = name;
    }

    /** @return the bytes of a regular file, unpacked if its name ends in {@code gz} */
    static NamedInput open(final Path file) throws IOException {
        final String name = file.getFileName().toString();
        return name.endsWith("gz") ? openGzip(file) : plain(file);
    }

    private static NamedInput plain(final Path file) throws IOException {
        try {
            return new NamedInput(new BufferedInputStream(RegularFile.open(file), BUFFER_BYTES), file.toString());
        } catch (IOException e) {
            throw new IOException("'%s' cannot be read: %s".formatted(file, RegularFile.reason(e)), e);
        }
    }

    /** @return what a gzip file holds, up to {@link UnpackLimit} */
    static NamedInput openGzip(final Path file) throws IOException {
        final NamedInput packed = plain(file);
        try {
            return new NamedInput(UnpackLimit.of(new GZIPInputStream(packed, BUFFER_BYTES), file), file.toString());
        } catch (IOException | RuntimeException e) {
            packed.close();
            throw named(file.toString(), e);
        }
    }

    /** @return an entry of an archive, under a name of its own */
    static NamedInput entry(final InputStream archive, final String name) {
        return new NamedInput(archive, name);
    }

    /** @return the exception with the name of a file, and what it means */
    static IOException named(final String name, final Exception e) {
        if (e instanceof NamedException named) {
            return named;
        }
        if (e instanceof EOFException) {
            return new NamedException(name, "It is cut off.", e);
        }
        if (e instanceof ZipException && String.valueOf(e.getMessage()).contains("GZIP format")) {
            return new NamedException(name, "It is no gzip file.", e);
        }
        return new NamedException(name, "It is damaged: " + RegularFile.reason(e), e);
    }

    String name() {
        return name;
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException | RuntimeException e) { // NOSONAR unpackers throw anything on damaged data
            throw named(name, e);
        }
    }

    @Override
    public int read(final byte[] target, final int offset, final int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (IOException | RuntimeException e) { // NOSONAR unpackers throw anything on damaged data
            throw named(name, e);
        }
    }

    @Override
    public long skip(final long count) throws IOException {
        try {
            return in.skip(count);
        } catch (IOException | RuntimeException e) { // NOSONAR unpackers throw anything on damaged data
            throw named(name, e);
        }
    }
}
