package org.spectralsignatures.engine.cuda.program;

import java.util.function.Function;

import org.spectralsignatures.engine.cuda.device.Convolution;
import org.spectralsignatures.engine.cuda.device.ConvolutionShape;
import org.spectralsignatures.engine.cuda.device.Span;
import org.spectralsignatures.engine.cuda.kernels.Kernel;
import org.spectralsignatures.image.ImageShape;

/**
 * Where the layers of a network are written down.
 *
 * @param tape takes the operations
 * @param images their number
 * @param training whether there will be a backward pass, and moments are those of the batch
 * @param memory what stays from program to program
 * @param convolutions gives the device's convolution of some sizes
 */
record Site(Tape tape, int images, boolean training, NetworkMemory memory, Function<ConvolutionShape, Convolution> convolutions) {

    Span value(final String name) {
        return part(memory.values(), name);
    }

    Span gradient(final String name) {
        return part(memory.gradients(), name);
    }

    private Span part(final Span all, final String name) {
        return all.part((long)memory.layout().offset(name) * Float.BYTES, (long)memory.layout().length(name) * Float.BYTES);
    }

    long pixels(final ImageShape shape) {
        return (long)images * shape.planeSize();
    }

    long bytes(final ImageShape shape) {
        return (long)images * shape.size() * Float.BYTES;
    }

    Temporary array(final ImageShape shape) {
        return tape.temporary(bytes(shape));
    }

    /** target += more */
    void add(final Temporary more, final Temporary target, final ImageShape shape) {
        final long values = (long)images * shape.size();
        final int width = values % Kernel.WIDE == 0 ? Kernel.WIDE : 1;
        tape.launch(Kernel.ADD, Grid.items(values / width, width), more, target, values / width);
    }
}
