/** The node 'Activations Reader'. */
package org.spectralsignatures.nodes.activationsreader;
