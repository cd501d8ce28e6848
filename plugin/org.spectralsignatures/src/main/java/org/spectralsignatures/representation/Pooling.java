package org.spectralsignatures.representation;

import org.spectralsignatures.network.LayerInfo;

/** How the activations {@code [c, h, w]} of a layer become a vector. */
public enum Pooling {

    /** All values, channel by channel, row by row: c * h * w of them (4,096 for the paper's layer). */
    FLATTEN,

    /** The average over the pixels of each channel: c of them. A cheap variant. */
    GLOBAL_AVERAGE;

    /**
     * @param layer whose activations become vectors
     * @return number of values of an image's vector, d
     */
    public int dimensions(final LayerInfo layer) {
        return this == GLOBAL_AVERAGE ? layer.channels() : layer.channels() * layer.height() * layer.width();
    }
}
