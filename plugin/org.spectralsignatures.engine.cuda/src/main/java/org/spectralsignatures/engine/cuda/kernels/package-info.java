/** The kernels of our own, CUDA C for all that cuDNN does not do: their sources, their names, and how they are called. */
package org.spectralsignatures.engine.cuda.kernels;
