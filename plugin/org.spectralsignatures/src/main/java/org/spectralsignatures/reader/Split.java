package org.spectralsignatures.reader;

/** Which part of a data set. */
public enum Split {

    /** The training images. */
    TRAINING,

    /** The test images. */
    TEST,

    /** Both. */
    ALL
}
