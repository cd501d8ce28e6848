package org.spectralsignatures.engine.cuda.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import org.spectralsignatures.engine.cuda.device.Convolution;
import org.spectralsignatures.engine.cuda.device.Operation;
import org.spectralsignatures.engine.cuda.device.Span;
import org.spectralsignatures.engine.cuda.kernels.Kernel;

/** What a program is written down on, operation by operation. Arrays are {@link Temporary}, or {@link Span}s of memory that stays. */
final class Tape {

    /** An operation whose arrays have no place yet. */
    interface Draft {

        /**
         * @param places gives a {@link Temporary} its {@link Span}, and anything else as it is
         * @return the operation
         */
        Operation place(UnaryOperator<Object> places);
    }

    private final List<Draft> drafts = new ArrayList<>();

    private final List<Temporary> temporaries = new ArrayList<>();

    /**
     * @param bytes its length
     * @return an array that is written before the program
     */
    Temporary input(final long bytes) {
        return add(new Temporary(bytes, -1));
    }

    /**
     * @param bytes its length
     * @return an array that the next operation writes
     */
    Temporary temporary(final long bytes) {
        return add(new Temporary(bytes, drafts.size()));
    }

    private Temporary add(final Temporary temporary) {
        temporaries.add(temporary);
        return temporary;
    }

    /** @return number of operations so far */
    int position() {
        return drafts.size();
    }

    /**
     * @param kernel to run
     * @param grid how it is spread out
     * @param arguments in their order; arrays as {@link Temporary} or {@link Span}
     */
    void launch(final Kernel kernel, final Grid grid, final Object... arguments) {
        use(arguments);
        drafts.add(places -> new Operation.Launch(kernel, grid.width(), grid.blocks(), grid.columns(), placed(places, arguments)));
    }

    /**
     * @param convolution of the device
     * @param direction what is computed
     * @param first what it takes
     * @param second what it takes
     * @param result receives it
     */
    void convolve(final Convolution convolution, final Convolution.Direction direction, final Object first, final Object second, final Object result) {
        final long bytes = convolution.workspace(direction);
        final Temporary workspace = bytes == 0 ? null : temporary(bytes);
        use(first, second, result, workspace);
        drafts.add(places -> new Operation.Convolve(convolution, direction, (Span)places.apply(first), (Span)places.apply(second), (Span)places.apply(result),
            workspace == null ? null : (Span)places.apply(workspace)));
    }

    private static List<Object> placed(final UnaryOperator<Object> places, final Object... arguments) {
        final var placed = new ArrayList<>(Arrays.asList(arguments)); // one may be null
        placed.replaceAll(places);
        return placed;
    }

    private void use(final Object... arguments) {
        for (Object argument : arguments) {
            if (argument instanceof Temporary temporary) {
                temporary.use(drafts.size());
            }
        }
    }

    /** @return the program; nothing more may be written */
    Program end() {
        return new Program(drafts, temporaries);
    }
}
