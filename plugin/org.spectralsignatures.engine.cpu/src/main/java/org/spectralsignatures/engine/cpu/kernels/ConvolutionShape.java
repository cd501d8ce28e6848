package org.spectralsignatures.engine.cpu.kernels;

/**
 * Sizes of a convolution without bias that pads as TensorFlow's "SAME" does: the result has ceil(side / stride) rows and columns, with as
 * many zeros before as behind, or one more behind. For a 3 x 3 kernel that is one pixel on every side, but with stride 2 and an even
 * side one below and on the right only.
 *
 * @param images n, the batch
 * @param height of the input
 * @param width of the input
 * @param channels of the input
 * @param filters channels of the output
 * @param side of the kernel, odd
 * @param stride 1 or 2
 */
public record ConvolutionShape(int images, int height, int width, int channels, int filters, int side, int stride) {

    /** Side of the kernel unless another one is said. */
    public static final int KERNEL = 3;

    /** @throws IllegalArgumentException if the stride is not 1 or 2 or the kernel's side is even */
    public ConvolutionShape {
        if (stride != 1 && stride != 2 || side < 1 || side % 2 == 0) {
            throw new IllegalArgumentException("No convolution of side %d and stride %d.".formatted(side, stride));
        }
    }

    /**
     * A 3 x 3 convolution.
     *
     * @param images n, the batch
     * @param height of the input
     * @param width of the input
     * @param channels of the input
     * @param filters channels of the output
     * @param stride 1 or 2
     */
    public ConvolutionShape(final int images, final int height, final int width, final int channels, final int filters, final int stride) {
        this(images, height, width, channels, filters, KERNEL, stride);
    }

    private int output(final int length) {
        return (length + stride - 1) / stride;
    }

    private int padding(final int length) {
        return Math.max(0, (output(length) - 1) * stride + side - length);
    }

    /** @return rows of the output */
    public int outputHeight() {
        return output(height);
    }

    /** @return columns of the output */
    public int outputWidth() {
        return output(width);
    }

    /** @return rows of zeros above, columns of zeros on the left */
    int[] paddingBefore() {
        return new int[]{padding(height) / 2, padding(width) / 2};
    }

    /** @return rows of zeros below, columns of zeros on the right */
    int[] paddingAfter() {
        return new int[]{padding(height) - padding(height) / 2, padding(width) - padding(width) / 2};
    }
}
