/** The node 'Top-k Remover'. */
package org.spectralsignatures.nodes.remover;
