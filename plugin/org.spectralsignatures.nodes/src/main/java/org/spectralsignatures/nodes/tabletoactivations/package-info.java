/** The node 'Table to Activations'. */
package org.spectralsignatures.nodes.tabletoactivations;
