package org.spectralsignatures.engine.cpu.kernels;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_data_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_weights_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_format_tag_any;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nhwc;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_sum;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_post_ops;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scratchpad_mode;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_weights_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_weights_md;

import java.util.Arrays;

import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The convolution by oneDNN's primitives. Images stay in NHWC order, which its vector code reads and writes as it is; only
 * the kernels (some thousand values) are brought into the order that the processor's code wants, once a pass.
 */
final class OneDnnConvolution implements Convolution {

    private final OneDnn library;

    private final ConvolutionShape shape;

    private final Lanes lanes;

    private final dnnl_memory_desc_t kernels;

    private final Forward[] forward;

    private final OneDnnPrimitive[] backward;

    /** Of the whole batch, in threads of oneDNN: of small parts it would be slow. */
    private OneDnnPrimitive gradient;

    /** The kernels in the forward pass; lanes share the order, since only the number of images tells them apart. */
    private KernelOrder forwardKernels;

    private KernelOrder backwardKernels;

    private KernelOrder gradientKernels;

    /** A lane's forward pass, plain and added to the result. */
    private record Forward(OneDnnPrimitive plain, OneDnnPrimitive sum) {
    }

    /** @throws IllegalStateException if oneDNN has no code of its own for the shape */
    OneDnnConvolution(final OneDnn library, final ConvolutionShape shape) {
        this.library = library;
        this.shape = shape;
        lanes = new Lanes(shape.images());
        final long side = shape.side();
        kernels = OneDnnPrimitive.layout(dnnl_format_tag_any, shape.filters(), shape.channels(), side, side);
        forward = new Forward[lanes.count()];
        backward = new OneDnnPrimitive[lanes.count()];
        for (int lane = 0; lane < forward.length; lane++) {
            forward[lane] = new Forward(forward(lane, false), forward(lane, true));
        }
    }

    private dnnl_memory_desc_t images(final int count) {
        return OneDnnPrimitive.layout(dnnl_nhwc, count, shape.channels(), shape.height(), shape.width());
    }

    private dnnl_memory_desc_t results(final int count) {
        return OneDnnPrimitive.layout(dnnl_nhwc, count, shape.filters(), shape.outputHeight(), shape.outputWidth());
    }

    /** @return the address of a lane's part of an array of the batch */
    private FloatPointer part(final int lane, final INDArray array) {
        return new FloatPointer(array.data().addressPointer()).getPointer((long)array.stride(0) * lanes.first(lane));
    }

    private long[] strides() {
        return new long[]{shape.stride(), shape.stride()};
    }

    private long[] paddingBefore() {
        return Arrays.stream(shape.paddingBefore()).asLongStream().toArray();
    }

    private long[] paddingAfter() {
        return Arrays.stream(shape.paddingAfter()).asLongStream().toArray();
    }

    private OneDnnPrimitive forward(final int lane, final boolean sum) {
        final var attributes = new dnnl_primitive_attr();
        OneDnn.check(dnnl_primitive_attr_create(attributes), "dnnl_primitive_attr_create");
        try {
            if (sum) {
                final var after = new dnnl_post_ops();
                OneDnn.check(dnnl_post_ops_create(after), "dnnl_post_ops_create");
                OneDnn.check(dnnl_post_ops_append_sum(after, 1f), "dnnl_post_ops_append_sum");
                OneDnn.check(dnnl_primitive_attr_set_post_ops(attributes, after), "dnnl_primitive_attr_set_post_ops");
                dnnl_post_ops_destroy(after);
            }
            final dnnl_primitive_desc description = forwardDescription(lanes.size(lane), attributes);
            final dnnl_memory_desc_t order = layout(description, dnnl_query_weights_md);
            if (forwardKernels == null) {
                forwardKernels = new KernelOrder(library, shape, order);
            }
            final var primitive = new OneDnnPrimitive(library, description, new int[]{DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST},
                new dnnl_memory_desc_t[]{images(lanes.size(lane)), forwardKernels.checked(order), results(lanes.size(lane))});
            if (primitive.implementation().startsWith("ref")) {
                throw new IllegalStateException("oneDNN has only its reference code for " + shape + ".");
            }
            return primitive;
        } finally {
            dnnl_primitive_attr_destroy(attributes);
        }
    }

    private static dnnl_memory_desc_t layout(final dnnl_primitive_desc description, final int query) {
        final dnnl_memory_desc_t found = dnnl_primitive_desc_query_md(description, query, 0);
        final var copy = new dnnl_memory_desc_t(); // what was found goes with the description
        Pointer.memcpy(copy, found, copy.sizeof());
        return copy;
    }

    private dnnl_primitive_desc forwardDescription(final int count, final dnnl_primitive_attr attributes) {
        final var operation = new dnnl_convolution_desc_t();
        OneDnn.check(dnnl_convolution_forward_desc_init(operation, dnnl_forward_training, dnnl_convolution_direct, images(count), kernels, null,
            results(count), strides(), paddingBefore(), paddingAfter()), "dnnl_convolution_forward_desc_init");
        return description(operation, attributes, null);
    }

    private dnnl_primitive_desc description(final dnnl_convolution_desc_t operation, final dnnl_primitive_attr attributes,
        final dnnl_primitive_desc hint) {
        final var description = new dnnl_primitive_desc();
        OneDnn.check(dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user), "dnnl_primitive_attr_set_scratchpad_mode");
        OneDnn.check(dnnl_primitive_desc_create(description, new const_dnnl_op_desc_t(operation), attributes, library.engine(), hint),
            "dnnl_primitive_desc_create");
        return description;
    }

    @Override
    public void weights(final INDArray weights) {
        forwardKernels.from(weights);
    }

    @Override
    public void forward(final int lane, final INDArray x, final INDArray y, final boolean accumulate) {
        (accumulate ? forward[lane].sum() : forward[lane].plain()).run(part(lane, x), forwardKernels.memory(), part(lane, y));
    }

    @Override
    public void backwardWeights(final INDArray weights) {
        if (gradient == null) {
            prepareBackward();
        }
        backwardKernels.from(weights);
    }

    @Override
    public void backward(final int lane, final INDArray x, final INDArray dy, final INDArray dx) {
        if (dx != null) {
            backward[lane].run(part(lane, dx), backwardKernels.memory(), part(lane, dy));
        }
    }

    @Override
    public void gradient(final INDArray x, final INDArray dy, final INDArray dw) {
        gradient.run(part(0, x), gradientKernels.memory(), part(0, dy));
        gradientKernels.to(dw);
    }

    private void prepareBackward() {
        final var attributes = new dnnl_primitive_attr();
        OneDnn.check(dnnl_primitive_attr_create(attributes), "dnnl_primitive_attr_create");
        try {
            for (int lane = 0; lane < backward.length; lane++) {
                backward[lane] = backward(lanes.size(lane), attributes);
            }
            final var operation = new dnnl_convolution_desc_t();
            final dnnl_memory_desc_t images = images(shape.images());
            final dnnl_memory_desc_t results = results(shape.images());
            OneDnn.check(dnnl_convolution_backward_weights_desc_init(operation, dnnl_convolution_direct, images, kernels, null, results,
                strides(), paddingBefore(), paddingAfter()), "dnnl_convolution_backward_weights_desc_init");
            final dnnl_primitive_desc description = backwardDescription(operation, shape.images(), attributes);
            gradientKernels = new KernelOrder(library, shape, layout(description, dnnl_query_diff_weights_md));
            gradient = new OneDnnPrimitive(library, description, new int[]{DNNL_ARG_SRC, DNNL_ARG_DIFF_WEIGHTS, DNNL_ARG_DIFF_DST},
                new dnnl_memory_desc_t[]{images, gradientKernels.layout(), results});
        } finally {
            dnnl_primitive_attr_destroy(attributes);
        }
    }

    private OneDnnPrimitive backward(final int count, final dnnl_primitive_attr attributes) {
        final var operation = new dnnl_convolution_desc_t();
        OneDnn.check(dnnl_convolution_backward_data_desc_init(operation, dnnl_convolution_direct, images(count), kernels, results(count),
            strides(), paddingBefore(), paddingAfter()), "dnnl_convolution_backward_data_desc_init");
        final dnnl_primitive_desc description = backwardDescription(operation, count, attributes);
        final dnnl_memory_desc_t order = layout(description, dnnl_query_weights_md);
        if (backwardKernels == null) {
            backwardKernels = new KernelOrder(library, shape, order);
        }
        return new OneDnnPrimitive(library, description, new int[]{DNNL_ARG_DIFF_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DIFF_DST},
            new dnnl_memory_desc_t[]{images(count), backwardKernels.checked(order), results(count)});
    }

    private dnnl_primitive_desc backwardDescription(final dnnl_convolution_desc_t operation, final int count,
        final dnnl_primitive_attr attributes) {
        final dnnl_primitive_desc hint = forwardDescription(count, attributes);
        try {
            return description(operation, attributes, hint);
        } finally {
            dnnl_primitive_desc_destroy(hint);
        }
    }

    @Override
    public String describe() {
        return "oneDNN " + forward[0].plain().implementation()
            + (gradient == null ? "" : ", " + backward[0].implementation() + ", " + gradient.implementation());
    }
}
