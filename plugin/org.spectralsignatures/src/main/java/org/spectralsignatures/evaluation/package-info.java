/** What a network and a removal are worth: predictions, accuracy, attack success, precision and recall. */
package org.spectralsignatures.evaluation;
