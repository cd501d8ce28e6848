/** The node 'Labelled Image Writer'. */
package org.spectralsignatures.nodes.writer;
