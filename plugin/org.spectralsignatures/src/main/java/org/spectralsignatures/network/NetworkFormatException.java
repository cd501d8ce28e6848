package org.spectralsignatures.network;

import java.io.IOException;

/** Says what is wrong with a saved network; whoever knows the file's name puts it in front. */
final class NetworkFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message without the file's name and without a full stop */
    NetworkFormatException(final String message) {
        super(message);
    }
}
