/** The node 'Transfer Learner'. */
package org.spectralsignatures.nodes.transfer;
