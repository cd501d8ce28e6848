package org.spectralsignatures.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * Takes the space of a file before the file is mapped into memory. A file that is only made longer has holes, and a full disk is then
 * noticed when memory is written to: by an error in the middle of a statement, or by the end of the process.
 */
public final class FileSpace {

    private static final int CHUNK_BYTES = 1 << 20;

    private FileSpace() {
    }

    /**
     * Writes zeros behind the end of a file.
     *
     * @param channel of the file, open for writing
     * @param file for messages
     * @param bytes how many
     * @param monitor asked once a megabyte
     * @throws IOException if there is no such space; the message says how much is needed and free, where, and how to choose another
     *             place. The file is as long as before
     * @throws TaskCancelledException if the monitor said so; the file is as long as before
     */
    public static void reserve(final FileChannel channel, final Path file, final long bytes, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final long start = channel.size();
        final long free = usable(file);
        if (free > 0 && free < bytes) {
            throw full(file, bytes, free, null);
        }
        final var zeros = ByteBuffer.allocateDirect((int)Math.min(bytes, CHUNK_BYTES));
        boolean complete = false;
        try {
            for (long done = 0; done < bytes;) {
                if (done % CHUNK_BYTES == 0) {
                    monitor.checkCancelled();
                }
                zeros.clear().limit((int)Math.min(zeros.capacity() - done % zeros.capacity(), bytes - done));
                done += channel.write(zeros, start + done);
            }
            complete = true;
        } catch (IOException e) {
            throw channel.isOpen() ? full(file, bytes, usable(file), e) : e;
        } finally {
            if (!complete) {
                cut(channel, start);
            }
        }
    }

    /**
     * Looks whether a file for the user will fit, before it is written.
     *
     * @param file to be written
     * @param bytes how many
     * @throws IOException if its folder has less space; the message says how much is needed and free
     */
    public static void check(final Path file, final long bytes) throws IOException {
        final Path folder = file.toAbsolutePath().getParent();
        final long free = usable(folder);
        if (free > 0 && free < bytes) {
            throw new IOException("There is not enough space for '%s': it needs %s, but the folder has %s left. Free some, or choose another folder.".formatted(file, size(bytes),
                size(free)));
        }
    }

    private static void cut(final FileChannel channel, final long size) {
        try {
            channel.truncate(size);
        } catch (IOException e) { // NOSONAR what failed before is what counts
        }
    }

    /** @return free bytes where the file lies, 0 if unknown */
    private static long usable(final Path file) {
        try {
            return Files.getFileStore(file).getUsableSpace();
        } catch (IOException e) { // NOSONAR only makes the message better
            return 0;
        }
    }

    private static IOException full(final Path file, final long bytes, final long free, final IOException cause) {
        final String why = cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
        return new IOException(("There is not enough space for '%s': it needs %s, but the folder '%s' has %s left%s. Free some, or choose another"
            + " folder for temporary files: in KNIME's preferences under KNIME, elsewhere with the Java option -Djava.io.tmpdir=FOLDER.")
            .formatted(file, size(bytes), file.toAbsolutePath().getParent(), size(free), why), cause);
    }

    /** @return a number of bytes as people read it */
    static String size(final long bytes) {
        return bytes < 10_000_000 ? String.format(Locale.ROOT, "%,d bytes", bytes) : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
