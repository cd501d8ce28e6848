package org.spectralsignatures.engine.cuda.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.cudnn.cudnnConvolutionBwdDataAlgoPerf_t;
import org.bytedeco.cuda.cudnn.cudnnConvolutionBwdFilterAlgoPerf_t;
import org.bytedeco.cuda.cudnn.cudnnConvolutionFwdAlgoPerf_t;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.spectralsignatures.engine.MemoryNeed;
import org.spectralsignatures.engine.cuda.device.Convolution;
import org.spectralsignatures.engine.cuda.device.Convolution.Direction;
import org.spectralsignatures.engine.cuda.device.ConvolutionShape;

/**
 * Chooses how cuDNN computes a convolution. Of its proposals, the fastest first, that one is taken that gives the same bits each time, computes in the
 * precision that is asked for, and does with the workspace. The proposals come from cuDNN's tables, not from trials, so they are the same in each run.
 */
@SuppressWarnings("deprecation") // cuDNN 9 calls all of this so in favour of its graphs, and keeps it
final class ConvolutionWays {

    private static final System.Logger LOGGER = System.getLogger(ConvolutionWays.class.getName());

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    /** cuDNN's numbers of this thousand say that something is not supported; those above are failures. */
    private static final int THOUSAND = 1000;

    private static final int UNSUPPORTED = cudnn.CUDNN_STATUS_NOT_SUPPORTED / THOUSAND;

    /**
     * How a direction is computed.
     *
     * @param algorithm one of cuDNN's for that direction
     * @param math kind of arithmetic
     * @param workspace bytes that it needs beside
     */
    record Way(int algorithm, int math, long workspace) {
    }

    private record Proposal(int algorithm, int math) {
    }

    private final cudnnContext handle;

    private final ConvolutionDescriptors descriptors;

    private final ConvolutionShape shape;

    private final boolean tf32;

    ConvolutionWays(final cudnnContext handle, final ConvolutionDescriptors descriptors, final ConvolutionShape shape, final boolean tf32) {
        this.handle = handle;
        this.descriptors = descriptors;
        this.shape = shape;
        this.tf32 = tf32;
    }

    /**
     * @param direction what is computed
     * @return how; the descriptors are set for it. Null if cuDNN has no such way
     */
    Way choose(final Direction direction) {
        descriptors.use(direction, math());
        final var proposals = new ArrayList<>(proposals(direction));
        for (int algorithm : usual(direction)) { // where the tables say nothing of these sizes
            proposals.add(new Proposal(algorithm, math()));
        }
        for (Proposal proposal : proposals) {
            descriptors.use(direction, proposal.math());
            final long workspace = workspace(direction, proposal.algorithm());
            if (workspace >= 0 && workspace <= Convolution.MOST_WORKSPACE) {
                return new Way(proposal.algorithm(), proposal.math(), workspace);
            }
        }
        tell(direction);
        return null;
    }

    /** Once for each, whatever the number of images. */
    private void tell(final Direction direction) {
        final String what = "%d x %d x %d values, %d kernels of side %d, stride %d, %s".formatted(shape.height(), shape.width(), shape.channels(), shape.filters(),
            shape.side(), shape.stride(), direction);
        if (TOLD.add(what)) {
            LOGGER.log(System.Logger.Level.INFO, "cuDNN has no deterministic algorithm that takes at most {0} beside for a convolution, a slower one of our own is used: {1}",
                MemoryNeed.text(Convolution.MOST_WORKSPACE), what);
        }
    }

    /** Full precision unless TF32 is asked for, which the default allows. */
    private int math() {
        return tf32 ? cudnn.CUDNN_DEFAULT_MATH : cudnn.CUDNN_FMA_MATH;
    }

    /** Ways that give the same bits each time and take most sizes. */
    private static int[] usual(final Direction direction) {
        return switch (direction) {
            case FORWARD -> new int[]{cudnn.CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM, cudnn.CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_GEMM};
            case INPUT -> new int[]{cudnn.CUDNN_CONVOLUTION_BWD_DATA_ALGO_1};
            case KERNELS -> new int[]{cudnn.CUDNN_CONVOLUTION_BWD_FILTER_ALGO_1};
        };
    }

    private List<Proposal> proposals(final Direction direction) {
        return switch (direction) {
            case FORWARD -> forward();
            case INPUT -> input();
            case KERNELS -> kernels();
        };
    }

    private void add(final List<Proposal> list, final int status, final int determinism, final int algorithm, final int math) {
        final boolean narrow = math == cudnn.CUDNN_TENSOR_OP_MATH_ALLOW_CONVERSION; // half precision
        if (status == cudnn.CUDNN_STATUS_SUCCESS && determinism == cudnn.CUDNN_DETERMINISTIC && !narrow) {
            list.add(new Proposal(algorithm, tf32 ? math : cudnn.CUDNN_FMA_MATH));
        }
    }

    /** Whether the tables know no such sizes. */
    private static boolean none(final int status, final String what) {
        if (status / THOUSAND != UNSUPPORTED) {
            Status.cudnn(status, what);
            return false;
        }
        cudart.cudaGetLastError(); // or the next call would tell of it, too
        return true;
    }

    private List<Proposal> forward() {
        final var list = new ArrayList<Proposal>();
        final int most = cudnn.CUDNN_CONVOLUTION_FWD_ALGO_COUNT;
        try (var count = new IntPointer(1); var found = new cudnnConvolutionFwdAlgoPerf_t(most)) {
            if (none(cudnn.cudnnGetConvolutionForwardAlgorithm_v7(handle, descriptors.input(), descriptors.kernels(), descriptors.convolution(Direction.FORWARD),
                descriptors.result(), most, count, found), "cudnnGetConvolutionForwardAlgorithm_v7")) {
                return list;
            }
            for (int k = 0; k < count.get(); k++) {
                found.position(k);
                add(list, found.status(), found.determinism(), found.algo(), found.mathType());
            }
            found.position(0);
        }
        return list;
    }

    private List<Proposal> input() {
        final var list = new ArrayList<Proposal>();
        final int most = cudnn.CUDNN_CONVOLUTION_BWD_DATA_ALGO_COUNT;
        try (var count = new IntPointer(1); var found = new cudnnConvolutionBwdDataAlgoPerf_t(most)) {
            if (none(cudnn.cudnnGetConvolutionBackwardDataAlgorithm_v7(handle, descriptors.kernels(), descriptors.result(),
                descriptors.convolution(Direction.INPUT), descriptors.input(), most, count, found), "cudnnGetConvolutionBackwardDataAlgorithm_v7")) {
                return list;
            }
            for (int k = 0; k < count.get(); k++) {
                found.position(k);
                add(list, found.status(), found.determinism(), found.algo(), found.mathType());
            }
            found.position(0);
        }
        return list;
    }

    private List<Proposal> kernels() {
        final var list = new ArrayList<Proposal>();
        final int most = cudnn.CUDNN_CONVOLUTION_BWD_FILTER_ALGO_COUNT;
        try (var count = new IntPointer(1); var found = new cudnnConvolutionBwdFilterAlgoPerf_t(most)) {
            if (none(cudnn.cudnnGetConvolutionBackwardFilterAlgorithm_v7(handle, descriptors.input(), descriptors.result(),
                descriptors.convolution(Direction.KERNELS), descriptors.kernels(), most, count, found), "cudnnGetConvolutionBackwardFilterAlgorithm_v7")) {
                return list;
            }
            for (int k = 0; k < count.get(); k++) {
                found.position(k);
                add(list, found.status(), found.determinism(), found.algo(), found.mathType());
            }
            found.position(0);
        }
        return list;
    }

    /** Bytes that an algorithm needs beside; -1 if it does not take these sizes. */
    private long workspace(final Direction direction, final int algorithm) {
        try (var bytes = new SizeTPointer(1)) {
            final int status = switch (direction) {
                case FORWARD -> cudnn.cudnnGetConvolutionForwardWorkspaceSize(handle, descriptors.input(), descriptors.kernels(), descriptors.convolution(direction),
                    descriptors.result(), algorithm, bytes);
                case INPUT -> cudnn.cudnnGetConvolutionBackwardDataWorkspaceSize(handle, descriptors.kernels(), descriptors.result(),
                    descriptors.convolution(direction), descriptors.input(), algorithm, bytes);
                case KERNELS -> cudnn.cudnnGetConvolutionBackwardFilterWorkspaceSize(handle, descriptors.input(), descriptors.result(),
                    descriptors.convolution(direction), descriptors.kernels(), algorithm, bytes);
            };
            return none(status, "size of a workspace") ? -1 : bytes.get();
        }
    }
}
