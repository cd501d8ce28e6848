package org.spectralsignatures.training;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that says that a training goes on: it is locked as long as its process lives, however that ends. Within a process a list takes the lock's place, since a
 * system's lock is lost as soon as its process closes the file anywhere. Taking and looking take turns, since either opens the file.
 */
final class TrainingLock implements AutoCloseable {

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;

    private final FileChannel channel;

    private TrainingLock(final Path file, final FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * @param file to be made and locked
     * @return the lock; null if somebody else holds it, in this process or another one
     * @throws IOException if the file cannot be made or locked
     */
    static synchronized TrainingLock take(final Path file) throws IOException {
        final Path real = real(file);
        if (!HELD.add(real)) {
            return null;
        }
        FileChannel locked = null;
        try {
            locked = lock(real);
            return locked == null ? null : new TrainingLock(real, locked);
        } finally {
            if (locked == null) {
                HELD.remove(real);
            }
        }
    }

    /** One place has one path here. */
    private static Path real(final Path file) throws IOException {
        return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    }

    /** Begins again where whoever held it before has deleted the file between its opening and its locking. */
    private static FileChannel lock(final Path file) throws IOException {
        while (true) {
            try {
                Files.createFile(file);
            } catch (FileAlreadyExistsException e) { // NOSONAR left by a process that died, or held
                // its lock tells
            }
            final Object before = key(file);
            final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean right = false;
            try {
                if (channel.tryLock() == null) {
                    return null;
                }
                right = Objects.equals(before, key(file));
                if (right) {
                    return channel;
                }
            } finally {
                if (!right) {
                    channel.close();
                }
            }
        }
    }

    /** Which file has the name; always null where a file that is open cannot be deleted (Windows). */
    private static Object key(final Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) { // NOSONAR that is the answer
            return "none";
        }
    }

    /**
     * @param file of a lock
     * @return whether somebody holds it now
     * @throws IOException if it cannot be looked at
     */
    static synchronized boolean isHeld(final Path file) throws IOException {
        if (HELD.contains(real(file))) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (NoSuchFileException e) { // NOSONAR that is the answer
            return false;
        }
    }

    /** Deletes the file and lets it go. */
    @Override
    public void close() throws IOException {
        try {
            boolean deleted = true;
            try {
                Files.deleteIfExists(file); // while it is locked: nobody else's file is deleted
            } catch (IOException e) { // NOSONAR Windows deletes no open file
                deleted = false;
            }
            channel.close();
            if (!deleted) {
                Files.deleteIfExists(file);
            }
        } finally {
            HELD.remove(file);
        }
    }
}
