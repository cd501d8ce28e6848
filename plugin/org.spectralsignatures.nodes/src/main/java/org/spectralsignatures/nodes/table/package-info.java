/** Tables of images: their columns, the facts that travel with them, and their way into the library. */
package org.spectralsignatures.nodes.table;
