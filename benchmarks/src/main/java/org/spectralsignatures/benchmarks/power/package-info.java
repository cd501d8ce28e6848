/** The grid that the verdict is measured on. */
package org.spectralsignatures.benchmarks.power;
