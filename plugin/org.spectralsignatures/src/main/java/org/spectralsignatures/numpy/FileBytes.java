package org.spectralsignatures.numpy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.spectralsignatures.image.RegularFile;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * The bytes of a file on disk.
 *
 * @param file a regular one
 * @param size of it
 */
record FileBytes(Path file, long size) implements ArrayBytes {

    private static final int BUFFER_BYTES = 1 << 16;

    static FileBytes of(final Path file) throws IOException {
        RegularFile.open(file).close();
        return new FileBytes(file, Files.size(file));
    }

    @Override
    public InputStream stream() throws IOException {
        return new BufferedInputStream(RegularFile.open(file), BUFFER_BYTES);
    }

    @Override
    public BytesAtPlaces atPlaces(final TaskMonitor monitor) throws IOException {
        final var channel = FileChannel.open(file, StandardOpenOption.READ);
        return new BytesAtPlaces(channel, 0, channel);
    }
}
