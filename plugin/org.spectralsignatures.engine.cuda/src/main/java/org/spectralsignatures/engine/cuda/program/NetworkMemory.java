package org.spectralsignatures.engine.cuda.program;

import org.spectralsignatures.engine.cuda.device.Span;

/**
 * What of a network stays on a device from step to step.
 *
 * @param layout how parameters lie in it
 * @param values of all parameters
 * @param gradients of those that are learned; null unless it is trained
 * @param velocity of those that are learned; null unless it is trained
 * @param rate of learning, one value; null unless it is trained
 * @param labels of the images, an int each
 * @param losses of the images, a double each; null unless it is trained
 * @param correct of the images, an int each, 1 for those that were classified correctly; null unless it is trained
 */
public record NetworkMemory(ParameterLayout layout, Span values, Span gradients, Span velocity, Span rate, Span labels, Span losses, Span correct) {
}
