/** Makes workflow folders, as KNIME saves them, from short texts. */
package org.spectralsignatures.host.generate;
