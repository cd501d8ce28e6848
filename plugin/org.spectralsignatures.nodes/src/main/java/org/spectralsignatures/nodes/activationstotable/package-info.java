/** The node 'Activations to Table'. */
package org.spectralsignatures.nodes.activationstotable;
