package org.spectralsignatures.image;

/** Smooths the edges of the blocks of a lossy WebP picture (RFC 6386, section 15). */
final class Vp8Filter {

    private final byte[] pixels;

    private final int stride;

    /** @param pixels of a plane, {@code stride} bytes a row */
    Vp8Filter(final byte[] pixels, final int stride) {
        this.pixels = pixels;
        this.stride = stride;
    }

    /**
     * The simple filter, on one edge of 16 pixels.
     *
     * @param at the first pixel behind the edge
     * @param isVertical whether the edge runs down
     * @param limit of the difference at the edge
     */
    void simple(final int at, final boolean isVertical, final int limit) {
        final int across = isVertical ? 1 : stride;
        final int along = isVertical ? stride : 1;
        for (int i = 0, p = at; i < 16; i++, p += along) {
            if (isWithin(p, across, limit)) {
                smoothTwo(p, across);
            }
        }
    }

    /**
     * The normal filter, on one edge.
     *
     * @param at the first pixel behind the edge
     * @param isVertical whether the edge runs down
     * @param length of it
     * @param limit of the difference at the edge
     * @param inner limit of the differences beside it
     * @param sharp difference beside the edge from which on only the nearest pixels change
     * @param isOuter whether the edge is that of a whole block
     */
    void normal(final int at, final boolean isVertical, final int length, final int limit, final int inner, final int sharp, final boolean isOuter) { // NOSONAR
        final int across = isVertical ? 1 : stride;
        final int along = isVertical ? stride : 1;
        for (int i = 0, p = at; i < length; i++, p += along) {
            if (isWithin(p, across, limit) && isSmooth(p, across, inner)) {
                if (difference(p - 2 * across, p - across) > sharp || difference(p + across, p) > sharp) {
                    smoothTwo(p, across);
                } else if (isOuter) {
                    smoothSix(p, across);
                } else {
                    smoothFour(p, across);
                }
            }
        }
    }

    private int difference(final int p, final int q) {
        return Math.abs((pixels[p] & 0xff) - (pixels[q] & 0xff));
    }

    private boolean isWithin(final int p, final int across, final int limit) {
        return 4 * difference(p - across, p) + difference(p - 2 * across, p + across) <= 2 * limit + 1;
    }

    private boolean isSmooth(final int p, final int across, final int inner) {
        return difference(p - 4 * across, p - 3 * across) <= inner && difference(p - 3 * across, p - 2 * across) <= inner
            && difference(p - 2 * across, p - across) <= inner && difference(p + 3 * across, p + 2 * across) <= inner
            && difference(p + 2 * across, p + across) <= inner && difference(p + across, p) <= inner;
    }

    private int step(final int p, final int across) {
        return 3 * ((pixels[p] & 0xff) - (pixels[p - across] & 0xff));
    }

    private int outerStep(final int p, final int across) {
        return signed((pixels[p - 2 * across] & 0xff) - (pixels[p + across] & 0xff));
    }

    private void smoothTwo(final int p, final int across) {
        final int step = step(p, across) + outerStep(p, across);
        change(p - across, small(step + 3 >> 3));
        change(p, -small(step + 4 >> 3));
    }

    private void smoothFour(final int p, final int across) {
        final int step = step(p, across);
        final int behind = small(step + 4 >> 3);
        final int outer = behind + 1 >> 1;
        change(p - 2 * across, outer);
        change(p - across, small(step + 3 >> 3));
        change(p, -behind);
        change(p + across, -outer);
    }

    private void smoothSix(final int p, final int across) {
        final int step = signed(step(p, across) + outerStep(p, across));
        for (int i = 1, factor = 27; i <= 3; i++, factor -= 9) {
            final int change = factor * step + 63 >> 7;
            change(p - i * across, change);
            change(p + (i - 1) * across, -change);
        }
    }

    private void change(final int p, final int change) {
        pixels[p] = (byte)Math.max(0, Math.min(255, (pixels[p] & 0xff) + change));
    }

    private static int signed(final int value) {
        return Math.max(-128, Math.min(127, value));
    }

    private static int small(final int value) {
        return Math.max(-16, Math.min(15, value));
    }
}
