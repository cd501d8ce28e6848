/** What the library's heavy parts cost: a worker that a script alternates with other tools, and kernels under JMH. */
package org.spectralsignatures.benchmarks;
