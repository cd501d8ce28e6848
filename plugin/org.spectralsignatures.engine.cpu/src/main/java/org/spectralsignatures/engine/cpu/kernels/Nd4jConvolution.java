package org.spectralsignatures.engine.cpu.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The convolution by ND4J's own operations {@code conv2d} and {@code conv2d_bp}: slower, but on every platform. */
final class Nd4jConvolution implements Convolution {

    /** Kernel, stride, padding, dilation (each by row and column), 1 for SAME, 1 for NHWC, 1 for [filters, channels, side, side]. */
    private final int[] arguments;

    private final Lanes lanes;

    private final INDArray[] gradients;

    private INDArray weights;

    Nd4jConvolution(final ConvolutionShape shape) {
        arguments = new int[]{shape.side(), shape.side(), shape.stride(), shape.stride(), 0, 0, 1, 1, 1, 1, 1};
        lanes = new Lanes(shape.images());
        gradients = new INDArray[lanes.count()];
    }

    @Override
    public void weights(final INDArray newWeights) {
        weights = newWeights;
    }

    @Override
    public void backwardWeights(final INDArray newWeights) {
        weights = newWeights;
    }

    private INDArray part(final int lane, final INDArray array) {
        return array.get(NDArrayIndex.interval(lanes.first(lane), lanes.first(lane + 1)), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all());
    }

    @Override
    public void forward(final int lane, final INDArray x, final INDArray y, final boolean accumulate) {
        final INDArray result = part(lane, y);
        if (accumulate) {
            try (INDArray product = Nd4j.createUninitializedDetached(DataType.FLOAT, result.shape())) {
                convolve(part(lane, x), product);
                result.addi(product);
            }
        } else {
            convolve(part(lane, x), result);
        }
    }

    private void convolve(final INDArray x, final INDArray y) {
        Nd4j.exec(DynamicCustomOp.builder("conv2d").addInputs(x, weights).addOutputs(y).addIntegerArguments(arguments).build());
    }

    @Override
    public void backward(final int lane, final INDArray x, final INDArray dy, final INDArray dx) {
        if (gradients[lane] == null) {
            gradients[lane] = Nd4j.createUninitializedDetached(DataType.FLOAT, weights.shape());
        }
        if (dx == null) {
            try (INDArray unused = Nd4j.createUninitializedDetached(DataType.FLOAT, part(lane, x).shape())) {
                backward(part(lane, x), part(lane, dy), unused, gradients[lane]);
            }
        } else {
            backward(part(lane, x), part(lane, dy), part(lane, dx), gradients[lane]);
        }
    }

    private void backward(final INDArray x, final INDArray dy, final INDArray dx, final INDArray dw) {
        Nd4j.exec(DynamicCustomOp.builder("conv2d_bp").addInputs(x, weights, dy).addOutputs(dx, dw).addIntegerArguments(arguments).build());
    }

    @Override
    public void gradient(final INDArray x, final INDArray dy, final INDArray dw) {
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            dw.assign(0);
            for (INDArray part : gradients) {
                dw.addi(part);
            }
        }
    }

    @Override
    public String describe() {
        return "ND4J";
    }
}
