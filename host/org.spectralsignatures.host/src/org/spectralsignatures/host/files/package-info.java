/** Files and folders that the host writes: complete or not there, and removed when they were temporary. */
package org.spectralsignatures.host.files;
