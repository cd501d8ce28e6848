package org.spectralsignatures.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears whole or not at all: it is written beside its place under another name, and renamed at the end. */
public final class WholeFile {

    /** Writes the content. */
    public interface Content {

        /** @param file to be created or replaced */
        void write(Path file) throws IOException;
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
     */
    public static void write(final Path file, final boolean replace, final Content content) throws IOException {
        check(file, replace);
        final Path partial = Files.createTempFile(file.toAbsolutePath().getParent(), "." + file.getFileName() + "-", ".part");
        try {
            content.write(partial);
            if (replace) {
                Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(partial, file);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException("'%s' was made by somebody else in the meantime. Choose another file.".formatted(file), e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
