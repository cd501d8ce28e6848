package org.spectralsignatures.engine.cuda.device;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.spectralsignatures.engine.cuda.kernels.Kernel;

/** One thing that a device does, with all its arguments. */
public sealed interface Operation {

    /** @return what it reads */
    List<Span> reads();

    /** @return what it writes; what it changes is in both */
    List<Span> writes();

    /**
     * A kernel of our own.
     *
     * @param kernel which
     * @param width channels that it takes at a time, 1 or {@link Kernel#WIDE}
     * @param blocks number of blocks in the first direction
     * @param columns number of blocks in the second direction
     * @param arguments a {@link Span}, Integer, Long or Float each, as the kernel's signature says; null for an array that there is none of
     */
    record Launch(Kernel kernel, int width, int blocks, int columns, List<Object> arguments) implements Operation {

        private static final int COLUMNS = 65535;

        /** @throws IllegalArgumentException if the kernel takes other arguments */
        public Launch {
            arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
            final String signature = kernel.signature();
            boolean fits = arguments.size() == signature.length() && blocks > 0 && columns > 0 && columns <= COLUMNS && (width == 1 || width == Kernel.WIDE);
            for (int k = 0; fits && k < signature.length(); k++) {
                fits = switch (signature.charAt(k)) {
                    case 'i' -> arguments.get(k) instanceof Integer;
                    case 'l' -> arguments.get(k) instanceof Long;
                    case 'f' -> arguments.get(k) instanceof Float;
                    case 'o', 'p' -> arguments.get(k) == null || arguments.get(k) instanceof Span;
                    default -> arguments.get(k) instanceof Span;
                };
            }
            if (!fits) {
                throw new IllegalArgumentException("The kernel %s takes %s, not %s in %d x %d blocks.".formatted(kernel, signature, arguments, blocks, columns));
            }
        }

        /** @return name of the function */
        public String function() {
            return kernel.function(width);
        }

        @Override
        public List<Span> reads() {
            return spans("ruo");
        }

        @Override
        public List<Span> writes() {
            return spans("wup");
        }

        private List<Span> spans(final String kinds) {
            final var spans = new ArrayList<Span>();
            for (int k = 0; k < arguments.size(); k++) {
                if (kinds.indexOf(kernel.signature().charAt(k)) >= 0 && arguments.get(k) != null) {
                    spans.add((Span)arguments.get(k));
                }
            }
            return spans;
        }
    }

    /**
     * A convolution or one of its gradients.
     *
     * @param convolution of this device
     * @param direction what is computed
     * @param first input, or the gradient by the result for {@link Convolution.Direction#INPUT}
     * @param second kernels, or the gradient by the result for {@link Convolution.Direction#KERNELS}
     * @param result receives what is computed
     * @param workspace what it needs beside; null if nothing
     */
    record Convolve(Convolution convolution, Convolution.Direction direction, Span first, Span second, Span result, Span workspace) implements Operation {

        @Override
        public List<Span> reads() {
            return List.of(first, second);
        }

        @Override
        public List<Span> writes() {
            return workspace == null ? List.of(result) : List.of(result, workspace);
        }
    }

    /**
     * Zeros.
     *
     * @param target receives them
     */
    record Clear(Span target) implements Operation {

        @Override
        public List<Span> reads() {
            return List.of();
        }

        @Override
        public List<Span> writes() {
            return List.of(target);
        }
    }
}
