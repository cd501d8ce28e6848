/** The node 'Backdoor Evaluator'. */
package org.spectralsignatures.nodes.evaluator;
