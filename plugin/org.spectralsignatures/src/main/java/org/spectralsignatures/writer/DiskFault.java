package org.spectralsignatures.writer;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a failure to write means and what to do. */
final class DiskFault {

    /** What Linux, macOS and Windows say of a disk or a share of it that is full. */
    private static final Pattern FULL = Pattern.compile("(?i)no space left|not enough space on the disk|disk quota exceeded");

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
     * @return the same, or, where the disk is full, a sentence that says so
     */
    static IOException explain(final IOException e, final Path folder) {
        if (FULL.matcher(reason(e)).find()) {
            return new IOException("The disk of '%s' is full. Nothing was written; free some space or choose another folder.".formatted(folder), e);
        }
        return e;
    }
}
