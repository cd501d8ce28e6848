package org.spectralsignatures.engine.cuda.program;

/** A step of a network, written down forward and then, in training, backward. */
interface Layer {

    /**
     * @param x what the step takes
     * @return its result
     */
    Temporary forward(Temporary x);

    /**
     * @param dy gradient by the result
     * @param needed whether the gradient by what the step took is needed
     * @return that gradient; null if it is not needed
     */
    Temporary backward(Temporary dy, boolean needed);
}
