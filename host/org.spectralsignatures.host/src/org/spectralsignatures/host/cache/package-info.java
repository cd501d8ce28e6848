/** Results of nodes that are kept from run to run in a folder that the user names, and taken from it where nothing has changed. */
package org.spectralsignatures.host.cache;
