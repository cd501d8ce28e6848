package org.spectralsignatures.reader;

/** Which part of a data set. */
public enum Split {

    /** The training images. */
    TRAINING,

    /** The images by which a training is watched. */
    VALIDATION,

    /** The test images. */
    TEST,

    /** All of them. */
    ALL
}
