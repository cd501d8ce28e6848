package org.spectralsignatures.network.plan;

import java.util.List;

/**
 * A named array of floats that a step of a network multiplies with, adds or normalises by.
 *
 * @param name unique in its network, for example {@code stem_W}: the step's name, then its own
 * @param kind what it is for
 * @param shape its sides; values lie in C order
 */
public record Parameter(String name, Kind kind, List<Integer> shape) {

    /** What a parameter is for. */
    public enum Kind {

        /** Kernels {@code [filters, channels, side, side]} or weights {@code [classes, channels]}: the only ones that weight decay pulls at. */
        KERNEL,

        /** Added to the products of a dense step. */
        BIAS,

        /** gamma of a normalisation, 1 at first. */
        SCALE,

        /** beta of a normalisation, 0 at first. */
        SHIFT,

        /** Running mean of a normalisation, 0 at first; follows the batches and has no gradient. */
        MEAN,

        /** Running variance of a normalisation, 1 at first; follows the batches, has no gradient and is never negative. */
        VARIANCE
    }

    /** Copies the shape. */
    public Parameter {
        shape = List.copyOf(shape);
    }

    static Parameter of(final String step, final String name, final Kind kind, final Integer... shape) {
        return new Parameter(step + "_" + name, kind, List.of(shape));
    }

    /** @return number of its values */
    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
