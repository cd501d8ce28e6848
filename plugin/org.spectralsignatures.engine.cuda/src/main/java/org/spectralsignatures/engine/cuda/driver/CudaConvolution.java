package org.spectralsignatures.engine.cuda.driver;

import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.spectralsignatures.engine.cuda.device.Convolution;
import org.spectralsignatures.engine.cuda.device.ConvolutionShape;
import org.spectralsignatures.engine.cuda.device.DirectConvolution;
import org.spectralsignatures.engine.cuda.device.Operation;

/** A convolution of cuDNN's; in directions for which it has no way, by a kernel of our own. */
@SuppressWarnings("deprecation") // cuDNN 9 calls all of this so in favour of its graphs, and keeps it
final class CudaConvolution implements Convolution {

    private final cudnnContext handle;

    private final Launcher launcher;

    private final ConvolutionShape shape;

    private final ConvolutionDescriptors descriptors;

    private final ConvolutionWays.Way[] ways = new ConvolutionWays.Way[Direction.values().length];

    /** What results are multiplied by, and what was there before: cuDNN reads them in the call, from the machine's memory, as float for float32. */
    private final FloatPointer one = new FloatPointer(new float[]{1});

    private final FloatPointer zero = new FloatPointer(new float[]{0});

    private final Place first = new Place();

    private final Place second = new Place();

    private final Place result = new Place();

    private final Place workspace = new Place();

    CudaConvolution(final cudnnContext handle, final Launcher launcher, final ConvolutionShape shape, final boolean tf32) {
        this.handle = handle;
        this.launcher = launcher;
        this.shape = shape;
        descriptors = new ConvolutionDescriptors(shape);
        try {
            final var chooser = new ConvolutionWays(handle, descriptors, shape, tf32);
            for (Direction direction : Direction.values()) {
                ways[direction.ordinal()] = chooser.choose(direction);
            }
        } catch (RuntimeException | Error e) { // NOSONAR nothing may be left behind
            close();
            throw e;
        }
    }

    @Override
    public ConvolutionShape shape() {
        return shape;
    }

    @Override
    public long workspace(final Direction direction) {
        final ConvolutionWays.Way way = ways[direction.ordinal()];
        return way == null ? 0 : way.workspace();
    }

    /** Tells cuDNN, in the stream of its handle, which is the launcher's, too. */
    void run(final Operation.Convolve operation) {
        final Direction direction = operation.direction();
        final ConvolutionWays.Way way = ways[direction.ordinal()];
        if (way == null) {
            launcher.launch(DirectConvolution.of(operation));
            return;
        }
        first.at(operation.first().address());
        second.at(operation.second().address());
        result.at(operation.result().address());
        final Pointer beside = operation.workspace() == null ? null : workspace.at(operation.workspace().address());
        final int status = switch (direction) {
            case FORWARD -> cudnn.cudnnConvolutionForward(handle, one, descriptors.input(), first, descriptors.kernels(), second, descriptors.convolution(direction),
                way.algorithm(), beside, way.workspace(), zero, descriptors.result(), result);
            case INPUT -> cudnn.cudnnConvolutionBackwardData(handle, one, descriptors.kernels(), second, descriptors.result(), first,
                descriptors.convolution(direction), way.algorithm(), beside, way.workspace(), zero, descriptors.input(), result);
            case KERNELS -> cudnn.cudnnConvolutionBackwardFilter(handle, one, descriptors.input(), first, descriptors.result(), second,
                descriptors.convolution(direction), way.algorithm(), beside, way.workspace(), zero, descriptors.kernels(), result);
        };
        Status.cudnn(status, "convolution, " + direction);
    }

    @Override
    public void close() {
        descriptors.close();
        one.close();
        zero.close();
    }
}
