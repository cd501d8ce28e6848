package org.spectralsignatures.hdf5;

import java.io.IOException;

/** A file is no HDF5 file that is read. The message says why, without the file's name and without a full stop. */
public final class Hdf5Exception extends IOException {

    private static final long serialVersionUID = 1;

    Hdf5Exception(final String message) {
        super(message);
    }
}
