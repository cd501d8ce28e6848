package org.spectralsignatures.engine.cuda.driver;

import java.util.List;

import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.spectralsignatures.engine.cuda.device.Operation;
import org.spectralsignatures.engine.cuda.device.Span;
import org.spectralsignatures.engine.cuda.kernels.Kernel;

/** Launches kernels in a stream. The driver copies the arguments in the call, so there is one place for those of all calls. One thread at a time may use it. */
final class Launcher implements AutoCloseable {

    private static final int MOST_ARGUMENTS = 32;

    private final LoadedKernels kernels;

    private final CUstream_st stream;

    /** Eight bytes an argument; an int or a float lies in the first four. */
    private final LongPointer slots = new LongPointer(MOST_ARGUMENTS);

    private final PointerPointer<Pointer> pointers = new PointerPointer<>(MOST_ARGUMENTS);

    Launcher(final LoadedKernels kernels, final CUstream_st stream) {
        this.kernels = kernels;
        this.stream = stream;
        for (int k = 0; k < MOST_ARGUMENTS; k++) {
            pointers.put(k, new Place(slots.address() + (long)k * Long.BYTES));
        }
    }

    void launch(final Operation.Launch launch) {
        final List<Object> arguments = launch.arguments();
        for (int k = 0; k < arguments.size(); k++) {
            slots.put(k, slot(arguments.get(k)));
        }
        Status.driver(cudart.cuLaunchKernel(kernels.function(launch.function()), launch.blocks(), launch.columns(), 1, Kernel.THREADS, 1, 1, 0, stream, pointers,
            (PointerPointer<?>)null), launch.function());
    }

    /** As the processors that CUDA runs on have it: the lowest byte first. */
    private static long slot(final Object argument) {
        if (argument instanceof Span span) {
            return span.address();
        }
        if (argument instanceof Float number) {
            return Float.floatToRawIntBits(number) & 0xffffffffL;
        }
        return argument == null ? 0 : ((Number)argument).longValue();
    }

    @Override
    public void close() {
        slots.close();
        pointers.close();
    }
}
