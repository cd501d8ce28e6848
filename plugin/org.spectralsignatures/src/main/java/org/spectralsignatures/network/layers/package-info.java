/** Layers and vertices of our own: fused batch normalisation with leaky rectifier, and the shortcut without parameters. */
package org.spectralsignatures.network.layers;
