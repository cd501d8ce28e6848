/**
 * The engine on graphics processors of NVIDIA: the whole network on the card, convolutions by cuDNN, all else by kernels of our own.
 * It is found by the library and named by nobody, and it may be missing.
 */
package org.spectralsignatures.engine.cuda;
