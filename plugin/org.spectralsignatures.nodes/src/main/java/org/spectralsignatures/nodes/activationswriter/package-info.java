/** The node 'Activations Writer'. */
package org.spectralsignatures.nodes.activationswriter;
