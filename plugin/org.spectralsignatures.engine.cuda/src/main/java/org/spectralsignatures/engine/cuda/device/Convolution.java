package org.spectralsignatures.engine.cuda.device;

/** A convolution of known sizes on a device, with the ways to compute it chosen. */
public interface Convolution extends AutoCloseable {

    /** Most bytes that any direction may need beside. */
    long MOST_WORKSPACE = 512L << 20;

    /** What is computed of what. */
    enum Direction {

        /** Result of input and kernels. */
        FORWARD,

        /** Gradient by the input, of the gradient by the result and the kernels. */
        INPUT,

        /** Gradient by the kernels, of the input and the gradient by the result. */
        KERNELS
    }

    /** @return its sizes */
    ConvolutionShape shape();

    /**
     * @param direction what is computed
     * @return bytes that are needed beside, while it is computed; at most {@link #MOST_WORKSPACE}
     */
    long workspace(Direction direction);

    /** Frees what it has of the library. */
    @Override
    void close();
}
