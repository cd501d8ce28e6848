/** Which workflow a thread works for. */
package org.spectralsignatures.host.context;
