package org.spectralsignatures.network.file;

/** Says that a network was saved by a later version of this library. */
final class NewerFormatException extends NetworkFormatException {

    private static final long serialVersionUID = 1L;

    NewerFormatException(final String message) {
        super(message);
    }
}
