/** Generated images of textures. */
package org.spectralsignatures.synthetic;
