package org.spectralsignatures.evaluation;

/**
 * How well a removal found the poison, known only where the ground truth is.
 *
 * @param poisonBefore poisoned images before the removal
 * @param poisonRemoved poisoned images among the removed
 * @param rowsRemoved images removed, poisoned or not
 */
public record RemovalQuality(long poisonBefore, long poisonRemoved, long rowsRemoved) {

    /** @throws IllegalArgumentException if the counts contradict each other */
    public RemovalQuality {
        if (poisonRemoved < 0 || poisonRemoved > poisonBefore || poisonRemoved > rowsRemoved) {
            throw new IllegalArgumentException("%d poisoned images removed out of %d, with %d images removed in all, cannot be."
                .formatted(poisonRemoved, poisonBefore, rowsRemoved));
        }
    }

    /** @return poisoned images that were kept */
    public long poisonLeft() {
        return poisonBefore - poisonRemoved;
    }

    /** @return share of poison among the removed images, NaN if none was removed */
    public double precision() {
        return rowsRemoved == 0 ? Double.NaN : (double)poisonRemoved / rowsRemoved;
    }

    /** @return share of the poison that was removed, NaN if there was none */
    public double recall() {
        return poisonBefore == 0 ? Double.NaN : (double)poisonRemoved / poisonBefore;
    }
}
