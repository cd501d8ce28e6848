package org.spectralsignatures.engine.cuda.driver;

import org.bytedeco.cuda.cudnn.cudnnConvolutionStruct;
import org.bytedeco.cuda.cudnn.cudnnFilterStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.spectralsignatures.engine.cuda.device.Convolution.Direction;
import org.spectralsignatures.engine.cuda.device.ConvolutionShape;

/** What cuDNN calls the sizes of a convolution by: input and result in NHWC order, kernels as {@code [filters, side, side, channels]}, all float32. */
@SuppressWarnings("deprecation") // cuDNN 9 calls all of this so in favour of its graphs, and keeps it
final class ConvolutionDescriptors implements AutoCloseable {

    private final cudnnTensorStruct input = new cudnnTensorStruct();

    private final cudnnTensorStruct result = new cudnnTensorStruct();

    private final cudnnFilterStruct kernels = new cudnnFilterStruct();

    /** One for each direction, since each has a kind of arithmetic of its own. */
    private final cudnnConvolutionStruct[] convolutions = new cudnnConvolutionStruct[Direction.values().length];

    ConvolutionDescriptors(final ConvolutionShape shape) {
        try {
            Status.cudnn(cudnn.cudnnCreateTensorDescriptor(input), "cudnnCreateTensorDescriptor");
            Status.cudnn(cudnn.cudnnCreateTensorDescriptor(result), "cudnnCreateTensorDescriptor");
            Status.cudnn(cudnn.cudnnCreateFilterDescriptor(kernels), "cudnnCreateFilterDescriptor");
            // sizes are given in the order n, c, h, w whatever the order in memory
            Status.cudnn(cudnn.cudnnSetTensor4dDescriptor(input, cudnn.CUDNN_TENSOR_NHWC, cudnn.CUDNN_DATA_FLOAT, shape.images(), shape.channels(), shape.height(),
                shape.width()), "cudnnSetTensor4dDescriptor");
            Status.cudnn(cudnn.cudnnSetTensor4dDescriptor(result, cudnn.CUDNN_TENSOR_NHWC, cudnn.CUDNN_DATA_FLOAT, shape.images(), shape.filters(),
                shape.newHeight(), shape.newWidth()), "cudnnSetTensor4dDescriptor");
            Status.cudnn(cudnn.cudnnSetFilter4dDescriptor(kernels, cudnn.CUDNN_DATA_FLOAT, cudnn.CUDNN_TENSOR_NHWC, shape.filters(), shape.channels(), shape.side(),
                shape.side()), "cudnnSetFilter4dDescriptor");
            for (int k = 0; k < convolutions.length; k++) {
                convolutions[k] = new cudnnConvolutionStruct();
                Status.cudnn(cudnn.cudnnCreateConvolutionDescriptor(convolutions[k]), "cudnnCreateConvolutionDescriptor");
                Status.cudnn(cudnn.cudnnSetConvolution2dDescriptor(convolutions[k], shape.above(), shape.left(), shape.stride(), shape.stride(), 1, 1,
                    cudnn.CUDNN_CROSS_CORRELATION, cudnn.CUDNN_DATA_FLOAT), "cudnnSetConvolution2dDescriptor");
            }
        } catch (RuntimeException | Error e) { // NOSONAR nothing may be left behind
            close();
            throw e;
        }
    }

    cudnnTensorStruct input() {
        return input;
    }

    cudnnTensorStruct result() {
        return result;
    }

    cudnnFilterStruct kernels() {
        return kernels;
    }

    cudnnConvolutionStruct convolution(final Direction direction) {
        return convolutions[direction.ordinal()];
    }

    /** @param math kind of arithmetic, one of cuDNN's */
    void use(final Direction direction, final int math) {
        Status.cudnn(cudnn.cudnnSetConvolutionMathType(convolution(direction), math), "cudnnSetConvolutionMathType");
    }

    /** Descriptors lie in the machine's memory: they are freed even if the device is lost. */
    @Override
    public void close() {
        for (cudnnConvolutionStruct convolution : convolutions) {
            if (convolution != null && !convolution.isNull()) {
                cudnn.cudnnDestroyConvolutionDescriptor(convolution);
                convolution.setNull();
            }
        }
        if (!kernels.isNull()) {
            cudnn.cudnnDestroyFilterDescriptor(kernels);
            kernels.setNull();
        }
        if (!result.isNull()) {
            cudnn.cudnnDestroyTensorDescriptor(result);
            result.setNull();
        }
        if (!input.isNull()) {
            cudnn.cudnnDestroyTensorDescriptor(input);
            input.setNull();
        }
    }
}
