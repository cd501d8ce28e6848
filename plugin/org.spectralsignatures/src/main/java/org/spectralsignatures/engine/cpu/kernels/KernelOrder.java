package org.spectralsignatures.engine.cpu.kernels;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_equal;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_oihw;

import java.nio.FloatBuffer;

import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution's kernels in the order that oneDNN's code wants them in (blocks of channels, perhaps padded), beside the
 * plain order {@code [filters, channels, 3, 3]} of the parameters. Some thousand values are copied faster by a table of
 * indices than by waking oneDNN's threads.
 */
final class KernelOrder {

    private final dnnl_memory_desc_t order;

    private final FloatPointer memory;

    private final FloatBuffer buffer;

    /** For each place in oneDNN's order, the index in the plain order; -1 for padding. */
    private final int[] plainIndex;

    private final float[] plain;

    private final float[] ordered;

    /**
     * @param library to ask
     * @param shape of the convolution
     * @param order oneDNN's
     */
    KernelOrder(final OneDnn library, final ConvolutionShape shape, final dnnl_memory_desc_t order) {
        this.order = order;
        final int side = ConvolutionShape.KERNEL;
        plain = new float[shape.filters() * shape.channels() * side * side];
        ordered = new float[(int)(dnnl_memory_desc_get_size(order) / Float.BYTES)];
        plainIndex = new int[ordered.length];
        memory = new FloatPointer(ordered.length);
        buffer = memory.asBuffer();
        try (var numbers = new FloatPointer(plain.length)) {
            for (int k = 0; k < plain.length; k++) {
                numbers.put(k, k + 1f); // exact up to 2^24, some 1.8 million filters times channels
            }
            buffer.put(0, ordered);
            OneDnnPrimitive.reorder(library, OneDnnPrimitive.layout(dnnl_oihw, shape.filters(), shape.channels(), side, side), order)
                .run(numbers, memory);
        }
        for (int k = 0; k < ordered.length; k++) {
            plainIndex[k] = (int)buffer.get(k) - 1;
        }
    }

    /** @return the same order; another one is an error */
    dnnl_memory_desc_t checked(final dnnl_memory_desc_t other) {
        if (dnnl_memory_desc_equal(order, other) == 0) {
            throw new IllegalStateException("oneDNN wants the kernels of one convolution in different orders.");
        }
        return order;
    }

    /** @return the order */
    dnnl_memory_desc_t layout() {
        return order;
    }

    /** @return where oneDNN finds or leaves the kernels */
    FloatPointer memory() {
        return memory;
    }

    /** Brings kernels into oneDNN's order. */
    FloatPointer from(final INDArray kernels) {
        Floats.of(kernels).get(0, plain);
        for (int k = 0; k < ordered.length; k++) {
            ordered[k] = plainIndex[k] < 0 ? 0 : plain[plainIndex[k]];
        }
        buffer.put(0, ordered);
        return memory;
    }

    /** Brings what oneDNN left into the plain order. */
    void to(final INDArray kernels) {
        buffer.get(0, ordered);
        for (int k = 0; k < ordered.length; k++) {
            if (plainIndex[k] >= 0) {
                plain[plainIndex[k]] = ordered[k];
            }
        }
        Floats.of(kernels).put(0, plain);
    }
}
