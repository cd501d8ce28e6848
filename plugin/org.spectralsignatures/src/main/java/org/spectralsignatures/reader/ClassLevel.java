package org.spectralsignatures.reader;

/** Which of the folders above an image is its class. */
public enum ClassLevel {

    /** The first one below the folder of the set, or of its part; folders in it belong to it. */
    FIRST,

    /** The one in which the image lies. */
    LAST
}
