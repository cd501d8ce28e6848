/** The engine's device on NVIDIA's driver, runtime, cuDNN and NVRTC, by JavaCPP's presets for CUDA. */
package org.spectralsignatures.engine.cuda.driver;
