package org.spectralsignatures.writer;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A folder that appears whole or not at all: it is written beside its place under another name and renamed at the end. What was not renamed is
 * deleted.
 */
final class PartFolder implements AutoCloseable {

    private static final String PART = ".part-";

    private static final String OLD = ".old-";

    private final Path folder;

    private final boolean replace;

    private final Path part;

    private boolean whole;

    /**
     * @param folder that is to appear
     * @param replace whether one that was written before is replaced
     * @throws IOException if it cannot be written there
     */
    PartFolder(final Path folder, final boolean replace) throws IOException {
        this.folder = place(folder);
        this.replace = replace;
        requireFree();
        part = beside(PART);
        Files.createDirectory(part);
    }

    /**
     * @param folder that may not exist
     * @return the same without links above it
     * @throws IOException if it has no place
     */
    static Path place(final Path folder) throws IOException {
        final Path whole = folder.toAbsolutePath().normalize();
        if (whole.getParent() == null) {
            throw new IOException("'%s' cannot be written: it is a whole disk. Choose a folder in it.".formatted(folder));
        }
        if (!Files.isDirectory(whole.getParent())) {
            throw new IOException("'%s' cannot be written, since there is no folder '%s'. Make that first.".formatted(folder, whole.getParent()));
        }
        return whole.getParent().toRealPath().resolve(whole.getFileName());
    }

    /** @throws IOException if the folder exists and may not be replaced */
    static void requireFree(final Path place, final boolean replace) throws IOException {
        if (Files.isSymbolicLink(place)) {
            throw new IOException("'%s' is a link. Choose the folder that it leads to.".formatted(place));
        }
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(place)) {
            throw new IOException("'%s' is a file, and nothing is overwritten. Choose another folder.".formatted(place));
        }
        if (Files.isDirectory(place) && !isEmpty(place)) {
            if (!replace) {
                throw new IOException("The folder '%s' is not empty, and nothing is overwritten. Choose another folder, delete this one, or let 'If the folder exists'"
                    .formatted(place) + " replace what this node wrote.");
            }
            new WrittenFolder(place).requireOwn();
        }
    }

    private void requireFree() throws IOException {
        requireFree(folder, replace);
    }

    private static boolean isEmpty(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private Path beside(final String kind) {
        return folder.resolveSibling(folder.getFileName() + kind + "%08x".formatted(ThreadLocalRandom.current().nextInt()));
    }

    /** @return where to write */
    Path path() {
        return part;
    }

    /**
     * Gives the folder its name.
     *
     * @return the folder that was replaced and could not be deleted; null if there is none
     * @throws IOException if there is a folder by now that may not be replaced; that one stays as it is
     */
    Path appear() throws IOException {
        requireFree();
        final Path old = Files.isDirectory(folder) ? beside(OLD) : null;
        if (old != null) {
            rename(folder, old);
        }
        try {
            rename(part, folder);
        } catch (IOException e) {
            if (old != null) {
                rename(old, folder);
            }
            throw new IOException("The folder '%s' cannot be made: %s. Something of that name may have appeared meanwhile.".formatted(folder, DiskFault.reason(e)), e);
        }
        whole = true;
        return old == null || isDeleted(old) ? null : old;
    }

    /** The set is whole by now, whatever becomes of the earlier one. */
    private static boolean isDeleted(final Path old) {
        try {
            return isEmpty(old) ? Files.deleteIfExists(old) : new WrittenFolder(old).delete();
        } catch (IOException e) { // NOSONAR the caller says that it is left
            return false;
        }
    }

    private static void rename(final Path from, final Path to) throws IOException {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("there is one already");
        }
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) { // NOSONAR some network storage
            Files.move(from, to);
        }
    }

    @Override
    public void close() throws IOException {
        if (!whole && Files.exists(part, LinkOption.NOFOLLOW_LINKS)) { // else somebody deleted it
            delete(part);
        }
    }

    private static void delete(final Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path dir, final IOException e) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
