package org.spectralsignatures.image.vp8;

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
            final int before = pixels[p - across] & 0xff;
            final int behind = pixels[p] & 0xff;
            final int outer = (pixels[p - 2 * across] & 0xff) - (pixels[p + across] & 0xff);
            if (4 * Math.abs(before - behind) + Math.abs(outer) <= 2 * limit + 1) {
                smoothTwo(p, across, 3 * (behind - before) + signed(outer));
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
        final byte[] plane = pixels;
        final int across = isVertical ? 1 : stride;
        final int along = isVertical ? stride : 1;
        final int most = 2 * limit + 1;
        for (int i = 0, p = at; i < length; i++, p += along) {
            final int p1 = plane[p - 2 * across] & 0xff;
            final int p0 = plane[p - across] & 0xff;
            final int q0 = plane[p] & 0xff;
            final int q1 = plane[p + across] & 0xff;
            if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > most || Math.abs(p1 - p0) > inner || Math.abs(q1 - q0) > inner) {
                continue;
            }
            final int p2 = plane[p - 3 * across] & 0xff;
            final int q2 = plane[p + 2 * across] & 0xff;
            if (Math.abs(p2 - p1) > inner || Math.abs(q2 - q1) > inner || Math.abs((plane[p - 4 * across] & 0xff) - p2) > inner
                || Math.abs((plane[p + 3 * across] & 0xff) - q2) > inner) {
                continue;
            }
            final int step = 3 * (q0 - p0);
            if (Math.abs(p1 - p0) > sharp || Math.abs(q1 - q0) > sharp) {
                smoothTwo(p, across, step + signed(p1 - q1));
            } else if (isOuter) {
                smoothSix(p, across, signed(step + signed(p1 - q1)));
            } else {
                smoothFour(p, across, step);
            }
        }
    }

    private void smoothTwo(final int p, final int across, final int step) {
        change(p - across, small(step + 3 >> 3));
        change(p, -small(step + 4 >> 3));
    }

    private void smoothFour(final int p, final int across, final int step) {
        final int behind = small(step + 4 >> 3);
        final int outer = behind + 1 >> 1;
        change(p - 2 * across, outer);
        change(p - across, small(step + 3 >> 3));
        change(p, -behind);
        change(p + across, -outer);
    }

    private void smoothSix(final int p, final int across, final int step) {
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
