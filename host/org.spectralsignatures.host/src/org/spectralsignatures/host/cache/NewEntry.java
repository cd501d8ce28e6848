package org.spectralsignatures.host.cache;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.spectralsignatures.host.files.TemporaryFolder;

/**
 * An entry of the cache that is being written, in a folder apart that says whose it is. It becomes an entry by one renaming, whole or not at
 * all. Its files are named in a list with their lengths and SHA-256; the list begins with its own.
 */
final class NewEntry implements AutoCloseable {

    /** The list. */
    static final String LIST = "result";

    private final TemporaryFolder m_folder;

    private final Path m_content;

    private final long m_limit;

    private final ModelContent m_list = new ModelContent(LIST);

    private long m_bytes;

    /**
     * @param place where unfinished entries lie
     * @param limit in bytes
     */
    NewEntry(final Path place, final long limit) throws IOException {
        m_folder = TemporaryFolder.in(place);
        m_content = Files.createDirectory(m_folder.path().resolve("entry"));
        m_limit = limit;
        m_list.addModelContent("files");
    }

    /** @return what else the list says, beside the files */
    ModelContent list() {
        return m_list;
    }

    /** @return bytes written so far */
    long bytes() {
        return m_bytes;
    }

    /**
     * Adds a file.
     *
     * @return SHA-256 of its content
     * @throws TooLargeException if the entry grows beyond the limit
     */
    String add(final String name, final Sha256.Content content) throws IOException {
        final MessageDigest digest = Sha256.digest();
        final long before = m_bytes;
        try (var file = new FilterOutputStream(Files.newOutputStream(m_content.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            @Override
            public void write(final int b) throws IOException {
                write(new byte[]{(byte)b}, 0, 1);
            }

            @Override
            public void write(final byte[] bytes, final int from, final int length) throws IOException {
                m_bytes += length;
                if (m_bytes > m_limit) {
                    throw new TooLargeException();
                }
                digest.update(bytes, from, length);
                out.write(bytes, from, length);
            }
        }) {
            content.write(file);
        }
        final String sum = Sha256.hex(digest);
        try {
            final var entry = m_list.getModelContent("files").addModelContent(name);
            entry.addLong("bytes", m_bytes - before);
            entry.addString("sha256", sum);
        } catch (InvalidSettingsException e) { // made above
            throw new IllegalStateException(e);
        }
        return sum;
    }

    /** An entry does not fit into the cache. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** Writes the list, through to the disk: of the other files it tells whether they are what they were. */
    void complete() throws IOException {
        final var xml = new ByteArrayOutputStream();
        m_list.saveToXML(xml);
        final MessageDigest digest = Sha256.digest();
        digest.update(xml.toByteArray());
        final var bytes = new ByteArrayOutputStream();
        bytes.write((Sha256.hex(digest) + "\n").getBytes(StandardCharsets.US_ASCII));
        xml.writeTo(bytes);
        m_bytes += bytes.size();
        try (var file = FileChannel.open(m_content.resolve(LIST), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (ByteBuffer rest = ByteBuffer.wrap(bytes.toByteArray()); rest.hasRemaining();) {
                file.write(rest);
            }
            file.force(true);
        }
    }

    /** @return false if the entry is there already: another run, or an equal node of this one, was faster */
    boolean publish(final Path entry) throws IOException {
        try {
            Files.move(m_content, entry, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException e) {
            if (Files.isDirectory(entry)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        m_folder.close();
    }
}
