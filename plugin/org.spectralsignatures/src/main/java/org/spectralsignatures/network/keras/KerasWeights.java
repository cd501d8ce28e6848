package org.spectralsignatures.network.keras;

import java.io.IOException;

import org.spectralsignatures.hdf5.Hdf5Array;

/** Where the weights of layers lie in a file. */
interface KerasWeights {

    /**
     * @param layer of a network
     * @param index of the weight in the order in which Keras makes them, those that are trained first
     * @param names that it may have, without that of its layer
     * @return the weight; null if it is not there
     */
    Hdf5Array of(KerasLayer layer, int index, String... names) throws IOException;

    /**
     * @param layer that is a network
     * @return the weights of its layers
     */
    KerasWeights within(KerasLayer layer) throws IOException;
}
