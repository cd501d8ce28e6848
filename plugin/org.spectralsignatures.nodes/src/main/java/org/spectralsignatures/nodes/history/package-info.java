/** The history of a training, as a table and as what a view shows of it. */
package org.spectralsignatures.nodes.history;
