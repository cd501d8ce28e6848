package org.spectralsignatures.json;

import java.io.IOException;

/** Says what is wrong with a JSON text and where. */
public final class JsonException extends IOException {

    private static final long serialVersionUID = 1L;

    JsonException(final String message) {
        super(message);
    }
}
