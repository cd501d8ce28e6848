/** The node 'Image Resizer'. */
package org.spectralsignatures.nodes.resizer;
