/** Configures and executes the nodes of a workflow, in the order of their connections and side by side where it can be. */
package org.spectralsignatures.host.engine;
