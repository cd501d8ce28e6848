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
 * plain order {@code [filters, channels, side, side]} of the parameters. Some thousand values are copied faster by a table of
 * indices than by waking oneDNN's threads; more are copied by oneDNN, without a table, which would take three times their memory.
 */
final class KernelOrder {

    /** Values up to which a table copies them. */
    private static final int TABLE = 1 << 16;

    private final dnnl_memory_desc_t order;

    private final FloatPointer memory;

    /** Copies in both directions; null where there is a table. */
    private final OneDnnPrimitive toOrder;

    private final OneDnnPrimitive toPlain;

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
        final int side = shape.side();
        final int values = shape.filters() * shape.channels() * side * side;
        final boolean table = values <= TABLE;
        final int places = (int)(dnnl_memory_desc_get_size(order) / Float.BYTES);
        final dnnl_memory_desc_t plainOrder = OneDnnPrimitive.layout(dnnl_oihw, shape.filters(), shape.channels(), side, side);
        memory = new FloatPointer(places);
        buffer = memory.asBuffer();
        plain = new float[table ? values : 0];
        ordered = new float[table ? places : 0];
        plainIndex = new int[ordered.length];
        toOrder = table ? null : OneDnnPrimitive.reorder(library, plainOrder, order);
        toPlain = table ? null : OneDnnPrimitive.reorder(library, order, plainOrder);
        if (table) {
            number(OneDnnPrimitive.reorder(library, plainOrder, order));
        }
    }

    /** Finds out where each value goes. */
    private void number(final OneDnnPrimitive reorder) {
        try (var numbers = new FloatPointer(plain.length)) {
            for (int k = 0; k < plain.length; k++) {
                numbers.put(k, k + 1f); // exact up to 2^24
            }
            buffer.put(0, ordered);
            reorder.run(numbers, memory);
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
        if (toOrder != null) {
            toOrder.run(new FloatPointer(kernels.data().addressPointer()), memory);
            return memory;
        }
        Floats.of(kernels).get(0, plain);
        for (int k = 0; k < ordered.length; k++) {
            ordered[k] = plainIndex[k] < 0 ? 0 : plain[plainIndex[k]];
        }
        buffer.put(0, ordered);
        return memory;
    }

    /** Brings what oneDNN left into the plain order. */
    void to(final INDArray kernels) {
        if (toPlain != null) {
            toPlain.run(memory, new FloatPointer(kernels.data().addressPointer()));
            return;
        }
        buffer.get(0, ordered);
        for (int k = 0; k < ordered.length; k++) {
            if (plainIndex[k] >= 0) {
                plain[plainIndex[k]] = ordered[k];
            }
        }
        Floats.of(kernels).put(0, plain);
    }
}
