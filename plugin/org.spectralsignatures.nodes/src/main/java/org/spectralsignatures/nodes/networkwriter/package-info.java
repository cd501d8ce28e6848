/** The node 'Network Writer'. */
package org.spectralsignatures.nodes.networkwriter;
