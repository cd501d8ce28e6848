package org.spectralsignatures.network.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** The convolution by ND4J's own operations {@code conv2d} and {@code conv2d_bp}: slower, but on every platform. */
final class Nd4jConvolution implements Convolution {

    /** Kernel, stride, padding, dilation (each by row and column), 1 for SAME, 1 for NHWC, 1 for [filters, channels, 3, 3]. */
    private final int[] arguments;

    Nd4jConvolution(final ConvolutionShape shape) {
        arguments = new int[]{ConvolutionShape.KERNEL, ConvolutionShape.KERNEL, shape.stride(), shape.stride(), 0, 0, 1, 1, 1, 1, 1};
    }

    @Override
    public void forward(final INDArray x, final INDArray weights, final INDArray y, final boolean accumulate) {
        if (accumulate) {
            try (INDArray result = Nd4j.createUninitializedDetached(y.dataType(), y.shape())) {
                convolve(x, weights, result);
                y.addi(result);
            }
        } else {
            convolve(x, weights, y);
        }
    }

    private void convolve(final INDArray x, final INDArray weights, final INDArray y) {
        Nd4j.exec(DynamicCustomOp.builder("conv2d").addInputs(x, weights).addOutputs(y).addIntegerArguments(arguments).build());
    }

    @Override
    public void backward(final INDArray x, final INDArray weights, final INDArray dy, final INDArray dx, final INDArray dw) {
        if (dx == null) {
            try (INDArray unused = Nd4j.createUninitializedDetached(x.dataType(), x.shape())) {
                backward(x, weights, dy, unused, dw);
            }
        } else {
            Nd4j.exec(DynamicCustomOp.builder("conv2d_bp").addInputs(x, weights, dy).addOutputs(dx, dw)
                .addIntegerArguments(arguments).build());
        }
    }

    @Override
    public String describe() {
        return "ND4J";
    }
}
