package org.spectralsignatures.writer;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a failure to write means and what to do. */
final class DiskFault {

    /** What Linux, macOS and Windows say of a disk or a share of it that is full. */
    private static final Pattern FULL = Pattern.compile("(?i)no space left|not enough space on the disk|disk quota exceeded");

    /** What they say of a place that is not to be written. */
    private static final Pattern DENIED = Pattern.compile("(?i)read-only file system|permission denied|operation not permitted|access is denied|write-protected");

    private DiskFault() {
    }

    /** @return the cause without names of files, for a part of a sentence */
    static String reason(final Exception e) {
        final String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return reason == null || reason.isBlank() ? e.getClass().getSimpleName() : reason;
    }

    /**
     * @param e what was thrown
     * @param folder that was to be written
     * @return the same if its message says all, else a sentence that names the folder and what to do
     */
    static IOException explain(final IOException e, final Path folder) {
        if (FULL.matcher(reason(e)).find()) {
            return new IOException("The disk of '%s' is full. Nothing was written; free some space or choose another folder.".formatted(folder), e);
        }
        if (e instanceof AccessDeniedException || DENIED.matcher(reason(e)).find()) {
            return new IOException("'%s' cannot be written: there is no permission to. Nothing was written; choose another folder, or change the permissions of '%s'."
                .formatted(folder, e instanceof FileSystemException file && file.getFile() != null ? Path.of(file.getFile()).getParent() : folder.getParent()), e);
        }
        if (e instanceof FileSystemException file) {
            return new IOException("'%s' cannot be written: %s ('%s'). Nothing was written; choose another folder.".formatted(folder, sentence(e), file.getFile()), e);
        }
        return e;
    }

    private static String sentence(final IOException e) {
        return e instanceof NoSuchFileException ? "no file can be made there, or what was there is gone" : reason(e).replaceAll("[.]+$", "");
    }
}
