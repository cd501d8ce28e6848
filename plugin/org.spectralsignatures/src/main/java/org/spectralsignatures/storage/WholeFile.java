package org.spectralsignatures.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.regex.Pattern;

import org.spectralsignatures.monitor.TaskCancelledException;

/** A file that appears whole or not at all: it is written beside its place under another name, and renamed at the end. */
public final class WholeFile {

    /** What systems say of a disk or a share of it that is full. */
    private static final Pattern FULL = Pattern.compile("(?i)no space left|not enough space on the disk|disk quota exceeded");

    /** Writes the content. */
    public interface Content {

        /** @param file to be created or replaced */
        void write(Path file) throws IOException, TaskCancelledException;
    }

    private WholeFile() {
    }

    /**
     * Looks, before anything is computed, whether a file can be written.
     *
     * @param file to be written
     * @param replace whether a file that is there may be replaced
     * @throws IOException if its folder does not exist, or something is there that must not be replaced; the message says so
     */
    public static void check(final Path file, final boolean replace) throws IOException {
        final Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("The folder '%s', in which '%s' is to be written, does not exist. Make it first.".formatted(folder, file.getFileName()));
        }
        if (Files.isDirectory(file)) {
            throw new IOException("'%s' is a folder. Choose the name of a file in it.".formatted(file));
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !(replace && Files.isRegularFile(file))) {
            throw new IOException("'%s' exists already%s. Choose another file%s.".formatted(file, replace ? ", and is no file that could be replaced" : "",
                replace ? "" : ", or allow to replace it"));
        }
    }

    /**
     * @param file to be written
     * @param replace whether a file that is there may be replaced
     * @param content of the file; where it fails there is nothing new
     * @throws IOException if it cannot be written, or something is there that must not be replaced; the message says so
     * @throws TaskCancelledException if the content's writer was told to stop
     */
    public static void write(final Path file, final boolean replace, final Content content) throws IOException, TaskCancelledException {
        check(file, replace);
        final Path partial = partial(file);
        try {
            content.write(partial);
            if (replace) {
                Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(partial, file);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException("'%s' was made by somebody else in the meantime. Choose another file.".formatted(file), e);
        } catch (IOException e) {
            throw FULL.matcher(String.valueOf(e.getMessage())).find() ? full(file, e) : e;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Not a temporary file of Java's, which nobody but its owner may read. */
    private static Path partial(final Path file) throws IOException {
        final Path folder = file.toAbsolutePath().getParent();
        try {
            return Files.createFile(folder.resolve("." + file.getFileName() + "-" + UUID.randomUUID().toString().substring(0, 8) + ".part"));
        } catch (FileSystemException e) {
            final String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw FULL.matcher(reason).find() ? full(file, e)
                : new IOException("'%s' cannot be written: no file can be made in the folder '%s' (%s). Choose another folder, or ask for the right to write to this one."
                    .formatted(file, folder, reason), e);
        }
    }

    private static IOException full(final Path file, final IOException cause) {
        return new IOException("'%s' cannot be written: the disk of its folder, or your share of it, is full. Free some of it, or choose another folder.".formatted(file), cause);
    }
}
