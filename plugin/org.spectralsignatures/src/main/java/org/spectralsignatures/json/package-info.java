/** JSON from strangers, read as a tree. */
package org.spectralsignatures.json;
