package org.spectralsignatures.host.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What an exception of the file system means, in words: Java's own messages are often no more than a path. */
public final class FileProblem {

    private FileProblem() {
    }

    /** @return one line that names the file, if the exception does */
    public static String describe(final Throwable e) {
        if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return describe(unchecked.getCause());
        }
        if (e instanceof InvalidPathException invalid) {
            return "'" + invalid.getInput() + "' is no path: " + invalid.getReason() + ".";
        }
        if (e instanceof FileSystemException problem && problem.getFile() != null) {
            return "'" + problem.getFile() + "' " + describe(problem);
        }
        if (e instanceof CharacterCodingException) {
            return "some of its bytes are no text in UTF-8 (" + e.getClass().getSimpleName() + ").";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** @return one line that surely names a file: the exception's own, or else the given one */
    public static String describe(final IOException e, final Path file) {
        final String text = describe(e);
        return text.startsWith("'") ? text : "'" + file + "': " + text;
    }

    private static String describe(final FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "does not exist.";
        } else if (e instanceof AccessDeniedException) {
            return "cannot be read or written: access is denied.";
        } else if (e instanceof FileAlreadyExistsException) {
            return "exists already.";
        } else if (e instanceof NotDirectoryException) {
            return "is no folder.";
        } else if (e instanceof DirectoryNotEmptyException) {
            return "is not empty.";
        }
        return "cannot be read or written: " + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason()) + ".";
    }
}
