package org.spectralsignatures.image.vp8;

import java.util.Arrays;

import org.spectralsignatures.image.ImageFormatException;

/** Reads the coefficients of a block of 16 x 16 pixels and undoes the transform of their DC (RFC 6386, sections 13 and 14.3). */
final class Vp8Coefficients {

    private static final int LUMA_AFTER_DC = 0;

    private static final int LUMA_DC = 1;

    private static final int CHROMA = 2;

    private static final int WHOLE_LUMA = 3;

    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

    private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};

    private static final int[][] LARGE = {{173, 148, 140}, {176, 155, 140, 135}, {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}};

    /** Sixteen blocks of luma, four of each chroma, 16 coefficients each. */
    final short[] values = new short[24 * 16];

    private final int[] probabilities;

    /** For each column of blocks of 4 x 4 whether the last one had coefficients: 4 of luma, 2 and 2 of chroma, 1 for its DC. */
    private final boolean[][] above;

    private final boolean[] left = new boolean[9];

    private final short[] dc = new short[16];

    Vp8Coefficients(final int[] probabilities, final int columns) {
        this.probabilities = probabilities;
        above = new boolean[columns][9];
    }

    void startRow() {
        Arrays.fill(left, false);
    }

    /** A block without coefficients. One in small blocks says nothing of the DC of luma. */
    void skip(final int column, final boolean isInSmallBlocks) {
        Arrays.fill(values, (short)0);
        final int contexts = isInSmallBlocks ? 8 : 9;
        Arrays.fill(left, 0, contexts, false);
        Arrays.fill(above[column], 0, contexts, false);
    }

    /** @return whether there are any */
    boolean read(final Vp8Bits in, final int column, final boolean isInSmallBlocks, final int[] steps) throws ImageFormatException {
        Arrays.fill(values, (short)0);
        final boolean[] top = above[column];
        if (!isInSmallBlocks) {
            Arrays.fill(dc, (short)0);
            final boolean some = block(in, LUMA_DC, context(left[8], top[8]), 0, steps[2], steps[3], dc, 0) > 0;
            left[8] = some;
            top[8] = some;
            spreadDc();
        }
        boolean any = false;
        final int first = isInSmallBlocks ? 0 : 1;
        for (int i = 0; i < 16; i++) {
            final int context = context(left[i >> 2], top[i & 3]);
            final int count = block(in, isInSmallBlocks ? WHOLE_LUMA : LUMA_AFTER_DC, context, first, steps[0], steps[1], values, 16 * i);
            left[i >> 2] = count > first;
            top[i & 3] = count > first;
            any |= count > 1 || values[16 * i] != 0;
        }
        for (int i = 16; i < 24; i++) {
            final int plane = 4 + (i - 16 >> 2) * 2;
            final int row = plane + (i >> 1 & 1);
            final int below = plane + (i & 1);
            final int count = block(in, CHROMA, context(left[row], top[below]), 0, steps[4], steps[5], values, 16 * i);
            left[row] = count > 0;
            top[below] = count > 0;
            any |= count > 1 || values[16 * i] != 0;
        }
        return any;
    }

    private static int context(final boolean leftHasSome, final boolean topHasSome) {
        return (leftHasSome ? 1 : 0) + (topHasSome ? 1 : 0);
    }

    private static int place(final int type, final int position, final int context) {
        return ((type * 8 + BANDS[position]) * 3 + context) * 11;
    }

    /** @return one more than the place of the last coefficient; 0 if there is none */
    private int block(final Vp8Bits in, final int type, final int context, final int first, final int dcStep, final int acStep, // NOSONAR
        final short[] target, final int at) throws ImageFormatException {
        int p = place(type, first, context);
        for (int n = first; n < 16; n++) {
            if (!in.bit(probabilities[p])) {
                return n;
            }
            while (!in.bit(probabilities[p + 1])) {
                n++;
                if (n == 16) {
                    return 16;
                }
                p = place(type, n, 0);
            }
            final int value = in.bit(probabilities[p + 2]) ? large(in, p) : 1;
            p = place(type, n + 1, value == 1 ? 1 : 2);
            target[at + ZIGZAG[n]] = (short)((in.bit() ? -value : value) * (n == 0 ? dcStep : acStep));
        }
        return 16;
    }

    private int large(final Vp8Bits in, final int p) throws ImageFormatException {
        if (!in.bit(probabilities[p + 3])) {
            return in.bit(probabilities[p + 4]) ? in.bit(probabilities[p + 5]) ? 4 : 3 : 2;
        }
        if (!in.bit(probabilities[p + 6])) {
            if (!in.bit(probabilities[p + 7])) {
                return in.bit(159) ? 6 : 5;
            }
            final int upper = in.bit(165) ? 9 : 7;
            return upper + (in.bit(145) ? 1 : 0);
        }
        final int high = in.bit(probabilities[p + 8]) ? 1 : 0;
        final int category = 2 * high + (in.bit(probabilities[p + 9 + high]) ? 1 : 0);
        int value = 0;
        for (int probability : LARGE[category]) {
            value = 2 * value + (in.bit(probability) ? 1 : 0);
        }
        return value + 3 + (8 << category);
    }

    /** Gives each block of luma its DC: a Walsh-Hadamard transform of 4 x 4 values. */
    private void spreadDc() {
        final int[] columns = new int[16];
        for (int i = 0; i < 4; i++) {
            final int outer = dc[i] + dc[12 + i];
            final int inner = dc[4 + i] + dc[8 + i];
            final int innerDifference = dc[4 + i] - dc[8 + i];
            final int outerDifference = dc[i] - dc[12 + i];
            columns[i] = outer + inner;
            columns[8 + i] = outer - inner;
            columns[4 + i] = outerDifference + innerDifference;
            columns[12 + i] = outerDifference - innerDifference;
        }
        for (int i = 0; i < 16; i += 4) {
            final int rounded = columns[i] + 3;
            final int outer = rounded + columns[i + 3];
            final int inner = columns[i + 1] + columns[i + 2];
            final int innerDifference = columns[i + 1] - columns[i + 2];
            final int outerDifference = rounded - columns[i + 3];
            values[16 * i] = (short)(outer + inner >> 3);
            values[16 * i + 16] = (short)(outerDifference + innerDifference >> 3);
            values[16 * i + 32] = (short)(outer - inner >> 3);
            values[16 * i + 48] = (short)(outerDifference - innerDifference >> 3);
        }
    }
}
