/** Activations of a layer, batch by batch, into a NumPy file. */
package org.spectralsignatures.representation;
