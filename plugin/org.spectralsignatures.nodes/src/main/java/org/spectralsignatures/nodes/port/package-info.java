/** Port objects for triggers, networks and activations. */
package org.spectralsignatures.nodes.port;
