/** How settings are checked and loaded, whatever the node. */
package org.spectralsignatures.nodes.settings;
