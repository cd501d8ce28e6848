package org.spectralsignatures.image;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws of some images of many, without replacement: the first steps of a Fisher-Yates shuffle. */
public final class RandomDraw {

    private RandomDraw() {
    }

    /**
     * @param indices {@code [n]}, what is drawn from
     * @param count how many are drawn; all if there are fewer
     * @param random asked once for each that is drawn
     * @return {@code [min(n, count)]}, in the order in which they were drawn
     */
    public static int[] of(final int[] indices, final int count, final SplittableRandom random) {
        final int[] pool = indices.clone();
        final int drawn = Math.min(count, pool.length);
        for (int i = 0; i < drawn; i++) {
            final int j = random.nextInt(i, pool.length);
            final int swapped = pool[i];
            pool[i] = pool[j];
            pool[j] = swapped;
        }
        return Arrays.copyOf(pool, drawn);
    }
}
