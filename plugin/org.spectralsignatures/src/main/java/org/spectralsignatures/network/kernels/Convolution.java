package org.spectralsignatures.network.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 3 x 3 convolution of one {@link ConvolutionShape}. All arrays are dense floats: images {@code [n, h, w, c]}, kernels
 * {@code [filters, channels, 3, 3]}. One thread at a time may use it.
 */
public interface Convolution {

    /**
     * @param x images {@code [n, h, w, channels]}
     * @param weights kernels
     * @param y receives the result {@code [n, h', w', filters]}
     * @param accumulate whether the result is added to what y holds
     */
    void forward(INDArray x, INDArray weights, INDArray y, boolean accumulate);

    /**
     * @param x images that went forward
     * @param weights kernels
     * @param dy gradient by the result
     * @param dx receives the gradient by the images; null if nobody asks for it
     * @param dw receives the gradient by the kernels
     */
    void backward(INDArray x, INDArray weights, INDArray dy, INDArray dx, INDArray dw);

    /** @return the implementation, for a log: library and algorithm */
    String describe();
}
