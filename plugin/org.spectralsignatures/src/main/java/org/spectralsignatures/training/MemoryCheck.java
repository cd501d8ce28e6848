package org.spectralsignatures.training;

import java.util.Locale;

import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.MemoryNeed;
import org.spectralsignatures.network.plan.NetworkPlan;

/** Tells before a training whether there is memory for its steps. */
final class MemoryCheck {

    /** Fewest images of a step, which have a variance. */
    private static final int FEWEST = 2;

    private static final double MEGABYTE = 1 << 20;

    private static final double GIGABYTE = 1 << 30;

    private final MemoryNeed need;

    private final long free;

    private final String images;

    /**
     * @param engine that trains
     * @param plan of the network
     * @param beside bytes that the training takes beside it
     */
    MemoryCheck(final Engine engine, final NetworkPlan plan, final long beside) {
        this(engine.trainingMemory(plan).and(beside), engine.freeMemory(), plan.input().describe());
    }

    /**
     * @param need of the network
     * @param free bytes
     * @param images what they are, in words
     */
    MemoryCheck(final MemoryNeed need, final long free, final String images) {
        this.need = need;
        this.free = free;
        this.images = images;
    }

    /**
     * @param batchSize images of a step
     * @throws IllegalArgumentException if there is too little memory for them; the message says how much they need and how many fit
     */
    void require(final int batchSize) {
        final int fitting = need.fitting(free);
        if (batchSize <= fitting) {
            return;
        }
        if (fitting >= FEWEST && need.bytes(batchSize) <= free) {
            throw new IllegalArgumentException("Steps of %d images of %s are too large for this network: set the batch size to %d or less."
                .formatted(batchSize, images, fitting));
        }
        final String needed = "To train this network with steps of %d images of %s takes about %s of memory, but only %s are free here."
            .formatted(batchSize, images, text(need.bytes(batchSize)), text(free));
        throw new IllegalArgumentException(needed + (fitting < FEWEST
            ? " Even steps of %d images would take about %s: take fewer filters, smaller images or a smaller network, close other programs, or take a machine with more memory."
                .formatted(FEWEST, text(need.bytes(FEWEST)))
            : " Set the batch size to %d or less, or take fewer filters or smaller images.".formatted(fitting)));
    }

    private static String text(final long bytes) {
        return bytes < GIGABYTE ? String.format(Locale.ROOT, "%.0f MB", Math.max(0, bytes) / MEGABYTE) : String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE);
    }
}
