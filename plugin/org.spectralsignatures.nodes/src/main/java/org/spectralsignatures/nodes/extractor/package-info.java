/** The node 'Layer Activation Extractor'. */
package org.spectralsignatures.nodes.extractor;
