/** The node 'ResNet Learner'. */
package org.spectralsignatures.nodes.learner;
