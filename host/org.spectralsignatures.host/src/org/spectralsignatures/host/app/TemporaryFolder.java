package org.spectralsignatures.host.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder that is deleted with all it holds. */
final class TemporaryFolder implements AutoCloseable {

    private final Path m_path;

    TemporaryFolder() throws IOException {
        m_path = Files.createTempDirectory("spectralsignatures");
    }

    /** A folder at a given place. */
    TemporaryFolder(final Path path) throws IOException {
        m_path = Files.createDirectories(path);
    }

    Path path() {
        return m_path;
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(m_path)) {
            try (var files = Files.walk(m_path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
