/** The report of a run: one HTML file with the workflow, its tables and views. */
package org.spectralsignatures.host.report;
