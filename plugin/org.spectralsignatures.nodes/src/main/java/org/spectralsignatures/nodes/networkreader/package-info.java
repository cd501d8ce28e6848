/** The node 'Network Reader'. */
package org.spectralsignatures.nodes.networkreader;
