/** Runs workflows from the command line: options, status codes, signals, results, grids of runs. */
package org.spectralsignatures.host.app;
