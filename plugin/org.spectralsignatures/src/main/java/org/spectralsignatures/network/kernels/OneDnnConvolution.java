package org.spectralsignatures.network.kernels;

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
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_weights_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_weights_md;

import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The convolution by oneDNN's primitives. Images stay in NHWC order, which its vector code reads and writes as it is; only
 * the kernels (some thousand values) are brought into the order that the processor's code wants, at each call.
 */
final class OneDnnConvolution implements Convolution {

    private final OneDnn library;

    private final ConvolutionShape shape;

    private final dnnl_memory_desc_t images;

    private final dnnl_memory_desc_t results;

    private final dnnl_memory_desc_t kernels;

    private final Forward forward;

    private final Forward forwardSum;

    private KernelOrder backwardKernels;

    private OneDnnPrimitive backwardData;

    private OneDnnPrimitive backwardWeights;

    private KernelOrder gradientKernels;

    /** The forward pass and the order in which it wants the kernels. */
    private record Forward(OneDnnPrimitive primitive, KernelOrder kernels) {
    }

    /** @throws IllegalStateException if oneDNN has no code of its own for the shape */
    OneDnnConvolution(final OneDnn library, final ConvolutionShape shape) {
        this.library = library;
        this.shape = shape;
        images = OneDnnPrimitive.layout(dnnl_nhwc, shape.images(), shape.channels(), shape.height(), shape.width());
        results = OneDnnPrimitive.layout(dnnl_nhwc, shape.images(), shape.filters(), shape.outputHeight(), shape.outputWidth());
        final long side = ConvolutionShape.KERNEL;
        kernels = OneDnnPrimitive.layout(dnnl_format_tag_any, shape.filters(), shape.channels(), side, side);
        forward = forward(false);
        forwardSum = forward(true);
    }

    static Pointer address(final INDArray array) {
        return array.data().addressPointer();
    }

    private long[] strides() {
        return new long[]{shape.stride(), shape.stride()};
    }

    private long[] paddingBefore() {
        return new long[]{shape.paddingBefore(), shape.paddingBefore()};
    }

    private static long[] paddingAfter() {
        return new long[]{1, 1};
    }

    private Forward forward(final boolean sum) {
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
            final dnnl_primitive_desc description = forwardDescription(attributes);
            final var order = new dnnl_memory_desc_t(dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0));
            final var wanted = new KernelOrder(library, shape, order);
            final var primitive = new OneDnnPrimitive(library, description, new int[]{DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST},
                new dnnl_memory_desc_t[]{images, order, results});
            if (primitive.implementation().startsWith("ref")) {
                throw new IllegalStateException("oneDNN has only its reference code for " + shape + ".");
            }
            return new Forward(primitive, wanted);
        } finally {
            dnnl_primitive_attr_destroy(attributes);
        }
    }

    private dnnl_primitive_desc forwardDescription(final dnnl_primitive_attr attributes) {
        final var operation = new dnnl_convolution_desc_t();
        OneDnn.check(dnnl_convolution_forward_desc_init(operation, dnnl_forward_training, dnnl_convolution_direct, images, kernels, null,
            results, strides(), paddingBefore(), paddingAfter()), "dnnl_convolution_forward_desc_init");
        return description(operation, attributes, null);
    }

    private dnnl_primitive_desc description(final dnnl_convolution_desc_t operation, final dnnl_primitive_attr attributes,
        final dnnl_primitive_desc hint) {
        final var description = new dnnl_primitive_desc();
        OneDnn.check(dnnl_primitive_desc_create(description, new const_dnnl_op_desc_t(operation), attributes, library.engine(), hint),
            "dnnl_primitive_desc_create");
        return description;
    }

    @Override
    public void forward(final INDArray x, final INDArray weights, final INDArray y, final boolean accumulate) {
        final Forward pass = accumulate ? forwardSum : forward;
        pass.primitive().run(address(x), pass.kernels().from(weights), address(y));
    }

    @Override
    public void backward(final INDArray x, final INDArray weights, final INDArray dy, final INDArray dx, final INDArray dw) {
        if (backwardWeights == null) {
            prepareBackward();
        }
        backwardWeights.run(address(x), gradientKernels.memory(), address(dy));
        gradientKernels.to(dw);
        if (dx != null) {
            backwardData.run(address(dx), backwardKernels.from(weights), address(dy));
        }
    }

    private void prepareBackward() {
        final dnnl_primitive_desc hint = forwardDescription(null);
        try {
            final var data = new dnnl_convolution_desc_t();
            OneDnn.check(dnnl_convolution_backward_data_desc_init(data, dnnl_convolution_direct, images, kernels, results, strides(),
                paddingBefore(), paddingAfter()), "dnnl_convolution_backward_data_desc_init");
            final dnnl_primitive_desc dataDescription = description(data, null, hint);
            final var order = new dnnl_memory_desc_t(dnnl_primitive_desc_query_md(dataDescription, dnnl_query_weights_md, 0));
            backwardKernels = new KernelOrder(library, shape, order);
            backwardData = new OneDnnPrimitive(library, dataDescription, new int[]{DNNL_ARG_DIFF_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DIFF_DST},
                new dnnl_memory_desc_t[]{images, order, results});

            final var weights = new dnnl_convolution_desc_t();
            OneDnn.check(dnnl_convolution_backward_weights_desc_init(weights, dnnl_convolution_direct, images, kernels, null, results,
                strides(), paddingBefore(), paddingAfter()), "dnnl_convolution_backward_weights_desc_init");
            final dnnl_primitive_desc weightsDescription = description(weights, null, hint);
            final var gradient = new dnnl_memory_desc_t(dnnl_primitive_desc_query_md(weightsDescription, dnnl_query_diff_weights_md, 0));
            gradientKernels = new KernelOrder(library, shape, gradient);
            backwardWeights = new OneDnnPrimitive(library, weightsDescription,
                new int[]{DNNL_ARG_SRC, DNNL_ARG_DIFF_WEIGHTS, DNNL_ARG_DIFF_DST}, new dnnl_memory_desc_t[]{images, gradient, results});
        } finally {
            dnnl_primitive_desc_destroy(hint);
        }
    }

    @Override
    public String describe() {
        return "oneDNN " + forward.primitive().implementation()
            + (backwardData == null ? "" : ", " + backwardData.implementation() + ", " + backwardWeights.implementation());
    }
}
