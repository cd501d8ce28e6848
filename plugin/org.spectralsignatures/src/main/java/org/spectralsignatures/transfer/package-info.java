/** Classifiers on a layer of a network that was trained elsewhere (transfer learning): trained on its vectors, and put behind it. */
package org.spectralsignatures.transfer;
