/** The engine on the processor: Deeplearning4j's graphs and training step with layers of our own on ND4J and oneDNN, OpenBLAS for scoring. */
package org.spectralsignatures.engine.cpu;
