/** Networks as lists of a device's operations, forward, backward and the step of the parameters, with memory that is used again. */
package org.spectralsignatures.engine.cuda.program;
