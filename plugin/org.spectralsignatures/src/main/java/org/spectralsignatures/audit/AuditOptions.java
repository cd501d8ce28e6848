package org.spectralsignatures.audit;

import java.io.Serializable;

import org.spectralsignatures.engine.Batch;

/**
 * How a set is audited.
 *
 * @param level the probability that any class of a clean set is called poisoned, above 0 and below 1
 * @param batchSize images that are computed at a time, at least 1
 * @param seed of the choice of images that marks are put on
 */
public record AuditOptions(double level, int batchSize, long seed) implements Serializable {

    /** The level where none is chosen. */
    public static final double DEFAULT_LEVEL = .01;

    /** @throws IllegalArgumentException if a number is out of range; the message says which and what is allowed */
    public AuditOptions {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("The significance level is %s, but must be above 0 and below 1.".formatted(level));
        }
        Batch.size(batchSize);
    }
}
