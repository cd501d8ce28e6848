package org.spectralsignatures.host.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder that is deleted with all it holds, at the latest by the next process of this kind: it says whose it is. */
public final class TemporaryFolder implements AutoCloseable {

    private static final int ATTEMPTS = 3;

    private final Path m_path;

    /** A folder in the system's place for temporary files. */
    public TemporaryFolder() throws IOException {
        this(Files.createTempDirectory(Owner.PREFIX), true);
    }

    private TemporaryFolder(final Path path, final boolean signed) throws IOException {
        m_path = path;
        if (signed) {
            Owner.sign(m_path);
        }
    }

    /** A folder at a given place, inside another temporary one. */
    public TemporaryFolder(final Path path) throws IOException {
        this(Files.createDirectories(path), false);
    }

    /** @return a new folder in a place that other processes make theirs in, too; {@link #sweep} removes it when this one has gone */
    public static TemporaryFolder in(final Path place) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(place, Owner.PREFIX), true);
    }

    /**
     * Deletes the folders in a place that dead processes left.
     *
     * @return how many there were
     */
    public static int sweep(final Path place) {
        return Owner.sweep(place);
    }

    /** @return where it is */
    public Path path() {
        return m_path;
    }

    @Override
    public void close() throws IOException {
        delete(m_path);
    }

    /** Deletes a folder with all it holds, but nothing that links in it lead to; what another thread adds meanwhile, too. */
    public static void delete(final Path folder) throws IOException {
        for (int attempt = 1; Files.exists(folder); attempt++) {
            try {
                Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(final Path file, final IOException e) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(final Path directory, final IOException e) throws IOException {
                        Files.deleteIfExists(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
