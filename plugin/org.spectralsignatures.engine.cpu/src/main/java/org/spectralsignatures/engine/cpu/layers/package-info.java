/**
 * DL4J layers of our own, on images {@code [n, h, w, c]}: a convolution, a whole residual unit, and batch
 * normalisation with leaky rectifier. Each has a configuration, which DL4J saves with a network, and the layer it makes.
 */
package org.spectralsignatures.engine.cpu.layers;
