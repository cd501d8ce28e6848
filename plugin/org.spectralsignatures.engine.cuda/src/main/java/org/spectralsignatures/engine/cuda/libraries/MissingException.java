package org.spectralsignatures.engine.cuda.libraries;

/** Something is not on this machine that CUDA needs. The message is one sentence: what is missing, and what to do. */
final class MissingException extends Exception {

    private static final long serialVersionUID = 1;

    MissingException(final String message) {
        super(message);
    }

    MissingException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
