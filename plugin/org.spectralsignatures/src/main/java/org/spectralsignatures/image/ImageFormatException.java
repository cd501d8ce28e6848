package org.spectralsignatures.image;

import java.io.IOException;

/** Thrown when bytes that should hold an image do not; the message says what is wrong with them. */
public final class ImageFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong */
    public ImageFormatException(final String message) {
        super(message);
    }

    /**
     * @param message what is wrong
     * @param cause the decoder's own exception
     */
    public ImageFormatException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
