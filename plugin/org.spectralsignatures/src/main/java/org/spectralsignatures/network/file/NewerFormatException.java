package org.spectralsignatures.network.file;

/** Says that a network was saved by a later version of this library. */
public final class NewerFormatException extends NetworkFormatException {

    private static final long serialVersionUID = 1L;

    /** @param message which format it has, and what to do */
    public NewerFormatException(final String message) {
        super(message);
    }
}
