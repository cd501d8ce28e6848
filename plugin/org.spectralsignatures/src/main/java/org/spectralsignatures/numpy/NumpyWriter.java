package org.spectralsignatures.numpy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * Writes arrays into NumPy's files: {@code .npy} as {@code numpy.save} does, and {@code .npz} as {@code numpy.savez} does, without compression. The
 * same arrays give the same bytes. No array is held in memory.
 */
public final class NumpyWriter {

    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final int BYTES_A_REPORT = 1 << 20;

    private final TaskMonitor monitor;

    private final long total;

    private long done;

    private long reported;

    private NumpyWriter(final TaskMonitor monitor, final long total) {
        this.monitor = monitor;
        this.total = Math.max(1, total);
    }

    /**
     * @param file to be created or replaced
     * @param arrays by their names, in the order of the archive
     * @param monitor progress, and asked at every piece
     */
    public static void writeArchive(final Path file, final Map<String, ArrayContent> arrays, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        // twice: their checksums stand before them
        final var writer = new NumpyWriter(monitor, 2 * bytes(arrays.values()));
        try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (Map.Entry<String, ArrayContent> array : arrays.entrySet()) {
                writer.add(zip, array.getKey(), array.getValue());
            }
        }
    }

    /**
     * @param files to be created or replaced, with what goes into them
     * @param monitor progress, and asked at every piece
     */
    public static void writeArrays(final Map<Path, ArrayContent> files, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final var writer = new NumpyWriter(monitor, bytes(files.values()));
        for (Map.Entry<Path, ArrayContent> file : files.entrySet()) {
            try (var out = new BufferedOutputStream(Files.newOutputStream(file.getKey()))) {
                writer.copy(file.getValue(), out);
            }
        }
    }

    /** @return number of bytes of all, headers included */
    public static long bytes(final Collection<ArrayContent> arrays) {
        return arrays.stream().mapToLong(array -> array.header().length + array.bytes()).sum();
    }

    private void add(final ZipOutputStream zip, final String name, final ArrayContent array) throws IOException, TaskCancelledException {
        final var checksum = new CRC32();
        checksum.update(array.header());
        array.writeTo(counted((bytes, count) -> checksum.update(bytes, 0, count)));
        final var entry = new ZipEntry(name + ".npy");
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(array.header().length + array.bytes());
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        copy(array, zip);
        zip.closeEntry();
    }

    private void copy(final ArrayContent array, final OutputStream out) throws IOException, TaskCancelledException {
        out.write(array.header());
        array.writeTo(counted((bytes, count) -> out.write(bytes, 0, count)));
    }

    private ByteSink counted(final ByteSink sink) {
        return (bytes, count) -> {
            monitor.checkCancelled();
            sink.put(bytes, count);
            done += count;
            if (done - reported >= BYTES_A_REPORT) {
                reported = done;
                monitor.progress(Math.min(1, (double)done / total), "Writing the vectors");
            }
        };
    }
}
