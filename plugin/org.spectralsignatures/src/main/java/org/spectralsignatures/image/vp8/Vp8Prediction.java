package org.spectralsignatures.image.vp8;

import java.util.Arrays;

/** Predicts blocks of pixels from those above and to the left, and adds the coefficients' inverse transform (RFC 6386, sections 12 and 14.4). */
final class Vp8Prediction {

    /** Modes of whole blocks and, with the same meaning, of small ones. */
    static final int MEAN = 0;

    static final int PLANE = 1;

    static final int DOWN = 2;

    static final int RIGHT = 3;

    private static final int COSINE = 20_091 + (1 << 16);

    private static final int SINE = 35_468;

    private Vp8Prediction() {
    }

    /**
     * @param pixels of a plane with a border above and to the left
     * @param stride bytes of a row of it
     * @param at the block's first pixel
     * @param size 16 or 8
     * @param mode of its prediction
     * @param hasTop whether there is a block above
     * @param hasLeft whether there is one to the left
     */
    static void whole(final byte[] pixels, final int stride, final int at, final int size, final int mode, final boolean hasTop, final boolean hasLeft) {
        if (mode == MEAN) {
            int sum = 0;
            for (int i = 0; i < size; i++) {
                sum += (hasTop ? pixels[at - stride + i] & 0xff : 0) + (hasLeft ? pixels[at + i * stride - 1] & 0xff : 0);
            }
            final int count = (hasTop ? size : 0) + (hasLeft ? size : 0);
            fill(pixels, stride, at, size, count == 0 ? 128 : (sum + count / 2) / count);
        } else {
            square(pixels, stride, at, size, mode);
        }
    }

    private static void fill(final byte[] pixels, final int stride, final int at, final int size, final int value) {
        for (int row = 0; row < size; row++) {
            Arrays.fill(pixels, at + row * stride, at + row * stride + size, (byte)value);
        }
    }

    private static void square(final byte[] pixels, final int stride, final int at, final int size, final int mode) {
        final int corner = pixels[at - stride - 1] & 0xff;
        for (int row = 0; row < size; row++) {
            final int start = at + row * stride;
            if (mode == DOWN) {
                System.arraycopy(pixels, at - stride, pixels, start, size);
            } else if (mode == RIGHT) {
                Arrays.fill(pixels, start, start + size, pixels[start - 1]);
            } else {
                final int difference = (pixels[start - 1] & 0xff) - corner;
                for (int i = 0; i < size; i++) {
                    pixels[start + i] = clip((pixels[at - stride + i] & 0xff) + difference);
                }
            }
        }
    }

    /**
     * @param pixels of a plane with a border above and to the left
     * @param stride bytes of a row of it
     * @param at the first pixel of a block of 4 x 4
     * @param mode 0 to 9 in the order of RFC 6386
     * @param edge scratch for the 13 pixels around it: from the lowest on the left, over the corner (4), to the last above on the right
     * @param right where the four pixels above on the right are
     */
    static void small(final byte[] pixels, final int stride, final int at, final int mode, final int[] edge, final int right) {
        for (int i = 0; i < 4; i++) {
            edge[3 - i] = pixels[at + i * stride - 1] & 0xff;
            edge[5 + i] = pixels[at - stride + i] & 0xff;
            edge[9 + i] = pixels[right + i] & 0xff;
        }
        edge[4] = pixels[at - stride - 1] & 0xff;
        switch (mode) {
            case MEAN -> fill(pixels, stride, at, 4, edge[0] + edge[1] + edge[2] + edge[3] + edge[5] + edge[6] + edge[7] + edge[8] + 4 >> 3);
            case PLANE -> square(pixels, stride, at, 4, PLANE);
            default -> {
                for (int y = 0; y < 4; y++) {
                    for (int x = 0; x < 4; x++) {
                        pixels[at + y * stride + x] = (byte)direction(mode, edge, x, y);
                    }
                }
            }
        }
    }

    /** @return the pixel at column x and row y */
    private static int direction(final int mode, final int[] e, final int x, final int y) {
        return switch (mode) {
            case DOWN -> smooth(e, 5 + x);
            case RIGHT -> y == 3 ? e[1] + 3 * e[0] + 2 >> 2 : smooth(e, 3 - y);
            case 4 -> x + y == 6 ? e[11] + 3 * e[12] + 2 >> 2 : smooth(e, 6 + x + y); // down to the left
            case 5 -> smooth(e, 4 + x - y); // down to the right
            case 6 -> verticalRight(e, x, y);
            case 7 -> verticalLeft(e, x, y);
            case 8 -> horizontalDown(e, x, y);
            default -> horizontalUp(e, x, y);
        };
    }

    private static int verticalRight(final int[] e, final int x, final int y) {
        final int place = 2 * x - y;
        if (place < 0) {
            return place == -1 ? smooth(e, 4) : smooth(e, 5 - y);
        }
        return place % 2 == 0 ? mean(e, 4 + place / 2) : smooth(e, 4 + (place + 1) / 2);
    }

    private static int verticalLeft(final int[] e, final int x, final int y) {
        if (x == 3 && y > 1) {
            return smooth(e, y == 2 ? 10 : 11);
        }
        final int from = 5 + x + y / 2;
        return y % 2 == 0 ? mean(e, from) : smooth(e, from + 1);
    }

    private static int horizontalDown(final int[] e, final int x, final int y) {
        final int place = 2 * y - x;
        if (place < 0) {
            return place == -1 ? smooth(e, 4) : smooth(e, 3 + x);
        }
        return place % 2 == 0 ? mean(e, 3 - place / 2) : smooth(e, 4 - (place + 1) / 2);
    }

    private static int horizontalUp(final int[] e, final int x, final int y) {
        final int place = x + 2 * y;
        if (place > 5) {
            return e[0];
        }
        if (place == 5) {
            return e[1] + 3 * e[0] + 2 >> 2;
        }
        return place % 2 == 0 ? mean(e, 2 - place / 2) : smooth(e, 2 - place / 2);
    }

    private static int mean(final int[] e, final int at) {
        return e[at] + e[at + 1] + 1 >> 1;
    }

    private static int smooth(final int[] e, final int at) {
        return e[at - 1] + 2 * e[at] + e[at + 1] + 2 >> 2;
    }

    /**
     * @param values coefficients
     * @param from the first of 16
     * @param pixels of a plane, predicted
     * @param stride bytes of a row of it
     * @param at the first pixel of a block of 4 x 4
     * @param columns scratch for 16 numbers
     */
    static void add(final short[] values, final int from, final byte[] pixels, final int stride, final int at, final int[] columns) {
        int any = 0;
        for (int i = from; i < from + 16; i++) {
            any |= values[i];
        }
        if (any == 0) {
            return;
        }
        for (int i = 0; i < 4; i++) {
            final int in = from + i;
            final int even = values[in] + values[in + 8];
            final int odd = values[in] - values[in + 8];
            final int c = times(values[in + 4], SINE) - times(values[in + 12], COSINE);
            final int d = times(values[in + 4], COSINE) + times(values[in + 12], SINE);
            columns[4 * i] = even + d;
            columns[4 * i + 1] = odd + c;
            columns[4 * i + 2] = odd - c;
            columns[4 * i + 3] = even - d;
        }
        for (int i = 0; i < 4; i++) {
            final int even = columns[i] + 4 + columns[8 + i];
            final int odd = columns[i] + 4 - columns[8 + i];
            final int c = times(columns[4 + i], SINE) - times(columns[12 + i], COSINE);
            final int d = times(columns[4 + i], COSINE) + times(columns[12 + i], SINE);
            final int row = at + i * stride;
            pixels[row] = clip((pixels[row] & 0xff) + (even + d >> 3));
            pixels[row + 1] = clip((pixels[row + 1] & 0xff) + (odd + c >> 3));
            pixels[row + 2] = clip((pixels[row + 2] & 0xff) + (odd - c >> 3));
            pixels[row + 3] = clip((pixels[row + 3] & 0xff) + (even - d >> 3));
        }
    }

    private static int times(final int value, final int factor) {
        return (int)((long)value * factor >> 16);
    }

    private static byte clip(final int value) {
        return (byte)Math.max(0, Math.min(255, value));
    }
}
