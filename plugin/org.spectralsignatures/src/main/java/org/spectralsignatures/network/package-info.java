/** The paper's residual network on Deeplearning4j, and how it is kept. */
package org.spectralsignatures.network;
