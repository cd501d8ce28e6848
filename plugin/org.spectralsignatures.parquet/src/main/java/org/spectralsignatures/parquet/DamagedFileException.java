package org.spectralsignatures.parquet;

import java.io.IOException;

/** Says what in a Parquet file contradicts itself or is not read; the name of the file is put in front later. */
final class DamagedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Whether another copy of the file would be no better. */
    private final boolean isWhole;

    private DamagedFileException(final String message, final boolean isWhole) {
        super(message);
        this.isWhole = isWhole;
    }

    /** @param what is wrong, a sentence */
    static DamagedFileException because(final String what) {
        return new DamagedFileException(what, false);
    }

    /** @param what is not read and what to do, sentences */
    static DamagedFileException notRead(final String what) {
        return new DamagedFileException(what, true);
    }

    /** @return the exception of a file that is damaged, or not read */
    static IOException named(final Object file, final Exception e) {
        if (e instanceof DamagedFileException damaged && damaged.isWhole) {
            return new IOException("'%s' cannot be read: %s".formatted(file, e.getMessage()), e);
        }
        final String message = e.getMessage() == null || e.getMessage().isBlank() ? e.getClass().getSimpleName() : e.getMessage().strip();
        return new IOException("'%s' cannot be read: It is damaged: %s Download or copy it again.".formatted(file,
            message.endsWith(".") ? message : message + "."), e);
    }
}
