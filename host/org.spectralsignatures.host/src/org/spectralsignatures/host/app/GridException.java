package org.spectralsignatures.host.app;

/** A grid or its earlier results cannot be used; the message says why and what to do. */
final class GridException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GridException(final String message) {
        super(message);
    }
}
