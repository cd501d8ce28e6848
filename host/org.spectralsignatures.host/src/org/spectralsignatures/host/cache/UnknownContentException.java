package org.spectralsignatures.host.cache;

import java.io.IOException;

/** A result holds something that the host cannot write and read again, so that it is not kept. */
final class UnknownContentException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param what for example {@code folders in file stores} */
    UnknownContentException(final String what) {
        super(what + " cannot be kept");
    }
}
