/** The node 'Image Classifier Predictor'. */
package org.spectralsignatures.nodes.predictor;
