package org.spectralsignatures.engine.cuda.device;

import java.util.List;

import org.spectralsignatures.engine.cuda.kernels.Kernel;

/** Convolutions by kernels of our own, for sizes that a device's library does not compute with the same bits each time. */
public final class DirectConvolution {

    /** Blocks that go through values step by step. */
    private static final int MOST_BLOCKS = 65536;

    private DirectConvolution() {
    }

    /**
     * @param operation a convolution or one of its gradients
     * @return a launch that does the same, without the library and without a workspace
     */
    public static Operation.Launch of(final Operation.Convolve operation) {
        final ConvolutionShape s = operation.convolution().shape();
        final long pixels = (long)s.images() * s.newHeight() * s.newWidth();
        final long values = operation.result().bytes() / Float.BYTES;
        final int stepped = (int)Math.min(MOST_BLOCKS, (values + Kernel.THREADS - 1) / Kernel.THREADS);
        final List<Object> arguments = List.of(operation.first(), operation.second(), operation.result(), pixels, s.height(), s.width(), s.channels(), s.filters(),
            s.side(), s.stride(), s.above(), s.left(), s.newHeight(), s.newWidth());
        return switch (operation.direction()) {
            case FORWARD -> new Operation.Launch(Kernel.CONVOLVE, 1, stepped, 1, arguments);
            case INPUT -> new Operation.Launch(Kernel.CONVOLVE_INPUT, 1, stepped, 1, arguments);
            case KERNELS -> new Operation.Launch(Kernel.CONVOLVE_KERNELS, 1, Math.toIntExact(values), 1, arguments);
        };
    }
}
