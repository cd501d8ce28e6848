package org.spectralsignatures.engine.cuda.program;

import org.spectralsignatures.engine.cuda.kernels.Kernel;

/**
 * How a kernel is spread out over its values.
 *
 * @param width channels that it takes at a time
 * @param blocks number of blocks, each of some rows of pixels
 * @param columns number of blocks beside each other, each of some channels
 * @param lanes threads that share a row of a block
 * @param rows rows of each block
 */
record Grid(int width, int blocks, int columns, int lanes, int rows) {

    /** Rows that a thread goes through at least, where there are so many. */
    private static final int ROWS = 4;

    /** Most blocks that give sums of their own. */
    private static final int SUMS = 512;

    /** Most blocks that go through items step by step. */
    private static final int ITEMS = 4096;

    /** For what works on each pixel by itself. */
    static Grid pixels(final long pixels, final int channels) {
        return pixels(pixels, channels, channels % Kernel.WIDE == 0);
    }

    /**
     * @param pixels their number
     * @param channels of each
     * @param wide whether four channels at a time may be taken
     * @return the grid
     */
    static Grid pixels(final long pixels, final int channels, final boolean wide) {
        return of(pixels, channels, wide, Integer.MAX_VALUE);
    }

    /** For what sums up over pixels. */
    static Grid sums(final long pixels, final int channels) {
        return of(pixels, channels, channels % Kernel.WIDE == 0, SUMS);
    }

    private static Grid of(final long pixels, final int channels, final boolean wide, final int most) {
        final int width = wide ? Kernel.WIDE : 1;
        final int packs = channels / width;
        final int lanes = Math.min(packs, Kernel.THREADS);
        final int parts = Kernel.THREADS / lanes;
        final long rows = Math.max((long)parts * ROWS, divided(pixels, most));
        return new Grid(width, Math.toIntExact(divided(pixels, rows)), Math.toIntExact(divided(packs, lanes)), lanes, Math.toIntExact(rows));
    }

    /** For items one by one. */
    static Grid items(final long items) {
        return items(items, 1);
    }

    /**
     * @param items single values, or packs of them
     * @param width of each
     * @return the grid
     */
    static Grid items(final long items, final int width) {
        return new Grid(width, (int)Math.min(ITEMS, divided(items, Kernel.THREADS)), 1, 0, 0);
    }

    /** For blocks that each have so many items. */
    static Grid blocks(final long items, final int each) {
        return new Grid(1, Math.toIntExact(divided(items, each)), 1, 0, 0);
    }

    private static long divided(final long a, final long b) {
        return (a + b - 1) / b;
    }
}
