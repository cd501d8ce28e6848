package org.spectralsignatures.image;

import java.io.IOException;

/** Thrown when bytes that should hold an image do not; the message says what is wrong with them. */
public final class ImageFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final ImageFault fault;

    /**
     * @param fault what kind of thing is wrong
     * @param message what is wrong
     */
    public ImageFormatException(final ImageFault fault, final String message) {
        this(fault, message, null);
    }

    /**
     * @param fault what kind of thing is wrong
     * @param message what is wrong
     * @param cause the decoder's own exception
     */
    public ImageFormatException(final ImageFault fault, final String message, final Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** @return what kind of thing is wrong */
    public ImageFault fault() {
        return fault;
    }
}
