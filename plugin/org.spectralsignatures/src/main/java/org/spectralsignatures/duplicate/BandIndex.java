package org.spectralsignatures.duplicate;

import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;

/**
 * Finds those of many codes of 64 bits that differ from one in few bits, without looking at all (multi-index hashing, Norouzi, Punjani and Fleet
 * 2012): codes are cut into four bands of 16 bits; where two codes differ in at most d bits, one of their bands differs in at most d / 4.
 */
final class BandIndex {

    private static final int BANDS = 4;

    private static final int BITS = 16;

    private static final int VALUES = 1 << BITS;

    private final int radius;

    /** Where the items of each value of a band begin, {@code [bands][values + 1]}. */
    private final int[][] starts = new int[BANDS][VALUES + 1];

    private final int[][] items;

    /**
     * @param codes code of each item
     * @param count number of items
     * @param distance most bits in which codes may differ that are to be found, 0 to 7
     */
    BandIndex(final IntToLongFunction codes, final int count, final int distance) {
        radius = distance / BANDS;
        if (radius > 1) {
            throw new IllegalArgumentException("Codes that differ in %d bits are not found.".formatted(distance));
        }
        items = new int[BANDS][count];
        for (int band = 0; band < BANDS; band++) {
            final int[] ends = starts[band];
            for (int i = 0; i < count; i++) {
                ends[band(codes.applyAsLong(i), band) + 1]++;
            }
            for (int v = 0; v < VALUES; v++) {
                ends[v + 1] += ends[v];
            }
            final int[] next = ends.clone();
            for (int i = 0; i < count; i++) {
                items[band][next[band(codes.applyAsLong(i), band)]++] = i;
            }
        }
    }

    private static int band(final long code, final int band) {
        return (int)(code >>> band * BITS) & VALUES - 1;
    }

    /**
     * Names all items whose codes differ from one in few bits, some several times, and others.
     *
     * @param code of 64 bits
     * @param after only items with a higher number
     * @param candidate is given items
     * @return number of items that were looked at
     */
    long near(final long code, final int after, final IntConsumer candidate) {
        long looked = 0;
        for (int band = 0; band < BANDS; band++) {
            final int value = band(code, band);
            looked += bucket(band, value, after, candidate);
            for (int bit = 0; radius > 0 && bit < BITS; bit++) {
                looked += bucket(band, value ^ 1 << bit, after, candidate);
            }
        }
        return looked;
    }

    /** Items of a bucket lie in their order, so that those with higher numbers are its end. */
    private long bucket(final int band, final int value, final int after, final IntConsumer candidate) {
        final int from = starts[band][value];
        int i = starts[band][value + 1] - 1;
        for (; i >= from && items[band][i] > after; i--) {
            candidate.accept(items[band][i]);
        }
        return starts[band][value + 1] - 1L - i;
    }
}
