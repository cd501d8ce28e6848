/** Networks in the ONNX format: what their files hold, which of their tensors serve as layers, and how they are run. */
package org.spectralsignatures.network.onnx;
