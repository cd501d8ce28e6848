/** The check of an engine on a graphics processor: right first, then fast. Packed with all it needs by {@code pack.sh}, for a machine without Java. */
package org.spectralsignatures.benchmarks.gpu;
