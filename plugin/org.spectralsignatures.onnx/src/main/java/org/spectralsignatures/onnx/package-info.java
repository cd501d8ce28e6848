/** ONNX Runtime, which runs networks that were trained elsewhere; found by the library, named by nobody. */
package org.spectralsignatures.onnx;
