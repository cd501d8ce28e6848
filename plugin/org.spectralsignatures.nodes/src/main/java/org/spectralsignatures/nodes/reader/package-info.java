/** The node 'Labelled Image Reader'. */
package org.spectralsignatures.nodes.reader;
