/** Images of a set that are the same, or nearly: what is kept of each image, and the search for those that are alike. */
package org.spectralsignatures.duplicate;
