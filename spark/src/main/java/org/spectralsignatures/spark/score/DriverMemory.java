package org.spectralsignatures.spark.score;

import java.util.Locale;

import org.spectralsignatures.scoring.BlockLanczos;
import org.spectralsignatures.spark.Refusal;

/**
 * How many classes the driver works on at a time. Of each it holds the vectors of its Lanczos process, of d doubles: some 40 as a rule, and
 * {@value BlockLanczos#MAX_BASIS} where singular values lie close together.
 *
 * @param bytes that they may take in all
 * @param columns values of a vector, d
 */
record DriverMemory(long bytes, int columns) {

    /** Of the driver's heap; the rest is for what Spark sends and receives of the same vectors. */
    private static final double SHARE = .3;

    /** Vectors of a usual process, with those on their way. */
    private static final int USUAL = 40;

    /** Vectors of the largest process that may be. */
    private static final int LARGEST = BlockLanczos.MAX_BASIS + USUAL;

    static DriverMemory ofThisJvm(final int columns) {
        return new DriverMemory((long)(SHARE * Runtime.getRuntime().maxMemory()), columns);
    }

    private long of(final int vectors) {
        return (long)vectors * columns * Double.BYTES;
    }

    /** @throws Refusal if a single class could need more than there is */
    void check() {
        if (of(LARGEST) > bytes) {
            throw new Refusal(String.format(Locale.ROOT, "Vectors of %,d values need up to %,d MB of the driver for a single class, and %,d MB are there for them"
                + " (%.0f%% of its heap). Give the driver at least %,d MB: --driver-memory of spark-submit, SPECTRALSIGNATURES_JAVA_OPTS=-Xmx... of run-spark.",
                columns, of(LARGEST) >> 20, bytes >> 20, 100 * SHARE, (long)(of(LARGEST) / SHARE) >> 20));
        }
    }

    /** @return how many classes are begun together */
    int classes() {
        return (int)Math.max(1, Math.min(Integer.MAX_VALUE, bytes / of(USUAL)));
    }

    /** @return whether processes that hold so many vectors in all are too much */
    boolean exceededBy(final long vectors) {
        return vectors * columns * Double.BYTES > bytes;
    }
}
