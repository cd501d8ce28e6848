/** A graphics processor as the engine sees it: memory, copies, kernels, convolutions and the order in which they run. No type of NVIDIA's crosses it. */
package org.spectralsignatures.engine.cuda.device;
