/** Networks that Keras saved, HDF5 and {@code .keras}, translated into the ONNX format layer by layer. */
package org.spectralsignatures.network.keras;
