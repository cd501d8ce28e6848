/** The files that nodes keep beside their tables: a folder for each execution of a node. */
package org.spectralsignatures.host.filestore;
