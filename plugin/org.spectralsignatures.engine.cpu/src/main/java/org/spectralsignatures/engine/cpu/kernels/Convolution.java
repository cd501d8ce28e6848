package org.spectralsignatures.engine.cpu.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution of one {@link ConvolutionShape}, lane by lane. All arrays are those of the whole batch, dense floats:
 * images {@code [n, h, w, c]}, kernels {@code [filters, channels, side, side]}. One batch at a time may be in it; its lanes may run
 * in different threads.
 */
public interface Convolution {

    /** @param weights kernels of the forward passes that follow */
    void weights(INDArray weights);

    /**
     * @param lane of the batch
     * @param x images {@code [n, h, w, channels]}
     * @param y receives the result {@code [n, h', w', filters]}
     * @param accumulate whether the result is added to what y holds
     */
    void forward(int lane, INDArray x, INDArray y, boolean accumulate);

    /** @param weights kernels of the backward passes that follow */
    void backwardWeights(INDArray weights);

    /**
     * @param lane of the batch
     * @param x images that went forward
     * @param dy gradient by the result
     * @param dx receives the gradient by the images; null if nobody asks for it
     */
    void backward(int lane, INDArray x, INDArray dy, INDArray dx);

    /**
     * The gradient by the kernels, after all lanes went backward.
     *
     * @param x images that went forward
     * @param dy gradient by the result
     * @param dw receives the sum over the batch
     */
    void gradient(INDArray x, INDArray dy, INDArray dw);

    /** @return the implementation, for a log: library and algorithm */
    String describe();
}
