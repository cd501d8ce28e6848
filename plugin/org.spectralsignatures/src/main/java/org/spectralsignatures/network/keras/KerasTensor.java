package org.spectralsignatures.network.keras;

/**
 * A tensor of the graph that is made.
 *
 * @param name in the graph
 * @param shape of it
 */
record KerasTensor(String name, KerasShape shape) {
}
