/** How trained networks are kept in files: the format of this version, and those of earlier ones. */
package org.spectralsignatures.network.file;
