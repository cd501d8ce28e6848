package org.spectralsignatures.host.images;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;

/**
 * Takes the images of a table that are too many for the heap into a temporary file. In KNIME larger images are kept in files of their own, and
 * tables that are larger than their share of the memory as well. The file is deleted at once where that can be done while it is open, and
 * closed with the last image that lies in it.
 */
public final class ImageFile {

    /** The most bytes of a table's images on the heap: 64 MiB, but no more than a sixteenth of it. */
    public static final long HEAP_BYTES = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    /**
     * Where an image lies.
     *
     * @param file that holds it
     * @param position of its first byte
     */
    public record Place(ImageFile file, long position) {

        /** @return the image, of so many bytes */
        public byte[] read(final int length) {
            return file.read(position, length);
        }
    }

    private final long m_limit;

    private long m_onHeap;

    private RandomAccessFile m_file;

    private long m_length;

    /** @param limit bytes of images that stay on the heap */
    public ImageFile(final long limit) {
        m_limit = limit;
    }

    /**
     * @param image that lies on the heap; one more of the table
     * @return where it lies now, null if it may stay on the heap
     * @throws UncheckedIOException if there is no room; the message names the folder
     */
    public synchronized Place take(final byte[] image) {
        if (m_onHeap + image.length <= m_limit) {
            m_onHeap += image.length;
            return null;
        }
        final String folder = System.getProperty("java.io.tmpdir");
        try {
            if (m_file == null) {
                m_file = open(new File(folder));
            }
            m_file.seek(m_length);
            m_file.write(image);
        } catch (IOException e) {
            throw new UncheckedIOException("The images of a table cannot be kept in the folder for temporary files, '%s': %s. Make room there, or choose another one with TMPDIR."
                .formatted(folder, e.getMessage()), e);
        }
        m_length += image.length;
        return new Place(this, m_length - image.length);
    }

    private static RandomAccessFile open(final File folder) throws IOException {
        final File path = File.createTempFile("images", ".tmp", folder);
        path.deleteOnExit(); // where it cannot be deleted now
        final var file = new RandomAccessFile(path, "rw");
        path.delete(); // NOSONAR Windows keeps it to the end
        return file;
    }

    private synchronized byte[] read(final long position, final int length) {
        final var bytes = new byte[length];
        try {
            m_file.seek(position);
            m_file.readFully(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("The images of a table cannot be read again from the folder for temporary files: " + e.getMessage(), e);
        }
        return bytes;
    }
}
