/** Matrices whose rows lie on the device, or go there piece by piece, for the search for singular vectors. */
package org.spectralsignatures.engine.cuda.rows;
