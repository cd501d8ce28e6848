package org.spectralsignatures.network.keras;

import java.util.List;

/**
 * A layer, or a network that takes the place of one.
 *
 * @param type its class, for example {@code Conv2D}
 * @param module where the class is defined, empty if the file does not say
 * @param name of the layer
 * @param settings of the layer
 * @param calls what it takes, once for each time that it is used; empty in a sequence of layers
 * @param model the network that it is, null if it is none
 */
record KerasLayer(String type, String module, String name, KerasSettings settings, List<List<Source>> calls, KerasModel model) {

    /** One result of one use of a layer. */
    record Source(String layer, int call, int result) {
    }
}
