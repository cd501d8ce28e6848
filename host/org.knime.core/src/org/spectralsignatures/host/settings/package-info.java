/** Settings entry by entry, with their types, which KNIME's API does not give. */
package org.spectralsignatures.host.settings;
