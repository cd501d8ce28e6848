/** Workflows as KNIME saves them: read from folders and archives, checked, with their flow variables, and written again. */
package org.spectralsignatures.host.workflow;
