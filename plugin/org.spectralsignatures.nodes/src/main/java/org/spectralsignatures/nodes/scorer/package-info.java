/** The node 'Spectral Signature Scorer'. */
package org.spectralsignatures.nodes.scorer;
