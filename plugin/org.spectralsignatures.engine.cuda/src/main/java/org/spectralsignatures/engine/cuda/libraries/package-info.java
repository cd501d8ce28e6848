/**
 * NVIDIA's driver and libraries: where they lie on this machine, whether they will do, and how they are loaded. Nothing of NVIDIA's is handed on, so what is
 * missing is said in one sentence; no native code is called before the driver was found.
 */
package org.spectralsignatures.engine.cuda.libraries;
