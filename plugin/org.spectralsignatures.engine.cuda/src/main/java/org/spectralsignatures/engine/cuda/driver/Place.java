package org.spectralsignatures.engine.cuda.driver;

import org.bytedeco.javacpp.Pointer;

/** An address that is somebody else's: nothing is freed with it. It may be set anew for each call. */
final class Place extends Pointer {

    Place() {
        this(0);
    }

    Place(final long address) {
        super((Pointer)null);
        this.address = address;
    }

    /** @return this, pointing elsewhere */
    Place at(final long where) {
        address = where;
        return this;
    }
}
