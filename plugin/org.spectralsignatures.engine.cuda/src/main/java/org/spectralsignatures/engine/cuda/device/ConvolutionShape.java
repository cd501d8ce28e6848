package org.spectralsignatures.engine.cuda.device;

/**
 * Sizes of a convolution without bias that has as many zeros above as below and on the left as on the right. Images are {@code [n, h, w, c]}, kernels
 * {@code [filters, side, side, c]}.
 *
 * @param images n
 * @param height of the input
 * @param width of the input
 * @param channels of the input
 * @param filters channels of the result
 * @param side of the kernels
 * @param stride in both directions
 * @param above rows of zeros above, and below
 * @param left columns of zeros on the left, and on the right
 */
public record ConvolutionShape(int images, int height, int width, int channels, int filters, int side, int stride, int above, int left) {

    /** @return rows of the result */
    public int newHeight() {
        return (height + 2 * above - side) / stride + 1;
    }

    /** @return columns of the result */
    public int newWidth() {
        return (width + 2 * left - side) / stride + 1;
    }

    /** @return bytes of the input */
    public long inputBytes() {
        return (long)images * height * width * channels * Float.BYTES;
    }

    /** @return bytes of the kernels */
    public long kernelBytes() {
        return (long)filters * side * side * channels * Float.BYTES;
    }

    /** @return bytes of the result */
    public long resultBytes() {
        return (long)images * newHeight() * newWidth() * filters * Float.BYTES;
    }
}
