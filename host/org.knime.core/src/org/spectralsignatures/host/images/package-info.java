/** Images of large tables, which lie in a file: the host's own part of KNIME's tables. */
package org.spectralsignatures.host.images;
