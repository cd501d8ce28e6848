/** Images as unsigned bytes in CHW order, their sizes, and sets of them with labels and row keys. */
package org.spectralsignatures.image;
