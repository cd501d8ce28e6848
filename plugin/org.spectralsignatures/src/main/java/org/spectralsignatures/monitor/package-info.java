/** Progress and cancellation of long tasks. */
package org.spectralsignatures.monitor;
