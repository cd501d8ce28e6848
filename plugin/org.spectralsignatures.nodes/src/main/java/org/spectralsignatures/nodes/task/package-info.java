/** How nodes call the library. */
package org.spectralsignatures.nodes.task;
