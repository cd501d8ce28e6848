/** The node 'Trigger Applier'. */
package org.spectralsignatures.nodes.applier;
