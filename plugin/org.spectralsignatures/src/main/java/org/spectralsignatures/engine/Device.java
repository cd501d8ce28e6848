package org.spectralsignatures.engine;

/** Where a user wants networks and scores to be computed. */
public enum Device {

    /** On a graphics processor where there is one that an engine can use, else on the processor. */
    AUTOMATIC,

    /** On the processor. */
    CPU,

    /** On a graphics processor; where none can be used, on the processor, with a note that says why. */
    GPU
}
