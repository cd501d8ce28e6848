/** What the nodes' views have in common: their pages, which lie in the folder {@code web} of this bundle, and pictures for them. */
package org.spectralsignatures.nodes.view;
