/** The node 'Detection Evaluator'. */
package org.spectralsignatures.nodes.detection;
