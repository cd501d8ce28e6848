/** Activations of a layer, batch by batch, and vectors from elsewhere, into a NumPy file. */
package org.spectralsignatures.representation;
