package org.spectralsignatures.engine.cpu.kernels;

/**
 * Sizes of a 3 x 3 convolution without bias that pads as TensorFlow's "SAME" does: one pixel on every side with stride 1,
 * one pixel below and on the right with stride 2.
 *
 * @param images n, the batch
 * @param height of the input, even if the stride is 2
 * @param width of the input, even if the stride is 2
 * @param channels of the input
 * @param filters channels of the output
 * @param stride 1 or 2
 */
public record ConvolutionShape(int images, int height, int width, int channels, int filters, int stride) {

    /** Side of the kernel. */
    public static final int KERNEL = 3;

    /** @throws IllegalArgumentException if the stride is not 1 or 2 or does not divide the image's sides */
    public ConvolutionShape {
        if (stride != 1 && stride != 2 || height % stride != 0 || width % stride != 0) {
            throw new IllegalArgumentException("No convolution of stride %d on images of %d x %d.".formatted(stride, height, width));
        }
    }

    /** @return rows of the output */
    public int outputHeight() {
        return height / stride;
    }

    /** @return columns of the output */
    public int outputWidth() {
        return width / stride;
    }

    /** @return padding above and on the left; below and on the right it is 1 */
    int paddingBefore() {
        return stride == 1 ? 1 : 0;
    }
}
