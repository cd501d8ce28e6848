package org.spectralsignatures.spark.vector;

/** Random numbers of a row that hang on its id and a seed alone, not on where the row lies: the generator SplitMix64 (Steele, Lea and Flood 2014). */
final class RowRandom {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private RowRandom() {
    }

    /**
     * @param seed of all rows
     * @param id of the row
     * @param to receives numbers between -0.5 and 0.5
     * @param offset where in it
     * @param count how many
     */
    static void fill(final long seed, final String id, final float[] to, final int offset, final int count) {
        long state = mix(seed + GAMMA);
        for (int i = 0; i < id.length(); i++) {
            state = mix(state + GAMMA + id.charAt(i));
        }
        for (int i = 0; i < count; i++) {
            state += GAMMA;
            to[offset + i] = (mix(state) >>> 40) * 0x1p-24f - .5f;
        }
    }

    private static long mix(final long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
