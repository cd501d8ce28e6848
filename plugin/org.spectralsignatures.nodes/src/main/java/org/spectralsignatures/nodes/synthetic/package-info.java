/** The node 'Synthetic Image Generator'. */
package org.spectralsignatures.nodes.synthetic;
