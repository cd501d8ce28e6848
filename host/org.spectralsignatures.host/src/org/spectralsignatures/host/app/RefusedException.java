package org.spectralsignatures.host.app;

/** What was asked for cannot be done, which was found before anything ran; the message says why and what to do. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(final String message) {
        super(message);
    }
}
