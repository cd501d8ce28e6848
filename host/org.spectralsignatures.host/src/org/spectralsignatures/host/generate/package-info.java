/** Makes files of the repository: workflow folders, as KNIME saves them, from short texts, and the reference of the nodes from what these say. */
package org.spectralsignatures.host.generate;
