package org.spectralsignatures.representation;

/** How the activations {@code [c, h, w]} of a layer become a vector. */
public enum Pooling {

    /** All values, channel by channel, row by row: c * h * w of them (4,096 for the paper's layer). */
    FLATTEN,

    /** The average over the pixels of each channel: c of them. A cheap variant. */
    GLOBAL_AVERAGE
}
