package org.spectralsignatures.spark.extract;

/** Says why an image cannot be used. */
public final class UnusableImageException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableImageException(final String message) {
        super(message);
    }
}
