package org.spectralsignatures.image.vp8;

import java.util.Arrays;

import org.spectralsignatures.image.ImageFormatException;

/** A prefix code of lossless WebP (its specification, section 6.2): how many bits stand for which symbol. */
final class Vp8lCode {

    private static final int MOST_BITS = 15;

    /** Bits that the first look-up takes. */
    private static final int ROOT_BITS = 9;

    /** The order in which the lengths of the code of lengths are stored. */
    private static final int[] LENGTH_ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    /** For the next bits: symbol * 16 + length; negative: where a second table begins, times 16, plus its bits. */
    private int[] table;

    private final int rootBits;

    private Vp8lCode(final byte[] lengths) throws ImageFormatException {
        final int[] counts = new int[MOST_BITS + 1];
        int only = -1;
        int longest = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                counts[lengths[symbol]]++;
                only = symbol;
                longest = Math.max(longest, lengths[symbol]);
            }
        }
        final int[] next = firstCodes(counts, longest);
        if (next == null) { // one symbol needs no bits
            rootBits = 0;
            table = new int[]{only << 4};
            return;
        }
        rootBits = Math.min(longest, ROOT_BITS);
        table = new int[1 << rootBits];
        for (int length = 1; length <= longest; length++) {
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    enter(Integer.reverse(next[length]++) >>> 32 - length, length, symbol, longest);
                }
            }
        }
    }

    /** @return the first code of each length; null if there is one symbol */
    private static int[] firstCodes(final int[] counts, final int longest) throws ImageFormatException {
        int symbols = 0;
        int code = 0;
        final int[] next = new int[MOST_BITS + 1];
        for (int length = 1; length <= MOST_BITS; length++) {
            symbols += counts[length];
            next[length] = code;
            code = code + counts[length] << 1;
        }
        if (symbols == 1) {
            return null; // NOSONAR see above
        }
        if (symbols == 0 || code != 1 << MOST_BITS + 1) {
            throw WebpFault.damaged("a prefix code of %d symbols is no code".formatted(symbols));
        }
        return next;
    }

    private void enter(final int code, final int length, final int symbol, final int longest) {
        if (length <= rootBits) {
            for (int i = code; i < 1 << rootBits; i += 1 << length) {
                table[i] = symbol << 4 | length;
            }
            return;
        }
        final int root = code & (1 << rootBits) - 1;
        if (table[root] == 0) {
            table[root] = -(table.length << 4 | longest - rootBits);
            table = Arrays.copyOf(table, table.length + (1 << longest - rootBits));
        }
        final int start = -table[root] >> 4;
        for (int i = code >> rootBits; i < 1 << longest - rootBits; i += 1 << length - rootBits) {
            table[start + i] = symbol << 4 | length;
        }
    }

    int symbol(final Vp8lBits in) throws ImageFormatException {
        int entry = table[in.peek(rootBits)];
        if (entry < 0) {
            entry = table[(-entry >> 4) + (in.peek(rootBits + (-entry & 15)) >> rootBits)];
        }
        in.skip(entry & 15);
        return entry >> 4;
    }

    /**
     * @param in stands before a code
     * @param symbols that there are
     * @return the code
     */
    static Vp8lCode read(final Vp8lBits in, final int symbols) throws ImageFormatException {
        final var lengths = new byte[Math.max(symbols, 256)];
        if (in.bit()) {
            final boolean isPair = in.bit();
            lengths[in.read(in.bit() ? 8 : 1)] = 1;
            if (isPair) {
                lengths[in.read(8)] = 1;
            }
        } else {
            readLengths(in, lengths, symbols);
        }
        return new Vp8lCode(Arrays.copyOf(lengths, symbols));
    }

    private static void readLengths(final Vp8lBits in, final byte[] lengths, final int symbols) throws ImageFormatException {
        final var lengthLengths = new byte[LENGTH_ORDER.length];
        final int count = 4 + in.read(4);
        for (int i = 0; i < count; i++) {
            lengthLengths[LENGTH_ORDER[i]] = (byte)in.read(3);
        }
        final var code = new Vp8lCode(lengthLengths);
        int left = in.bit() ? 2 + in.read(2 + 2 * in.read(3)) : symbols;
        if (left > symbols) {
            throw WebpFault.damaged("a prefix code of more than %d symbols".formatted(symbols));
        }
        byte previous = 8;
        for (int symbol = 0; symbol < symbols && left > 0; left--) {
            final int length = code.symbol(in);
            if (length < 16) {
                lengths[symbol++] = (byte)length;
                previous = length == 0 ? previous : (byte)length;
                continue;
            }
            final int times = length == 16 ? 3 + in.read(2) : length == 17 ? 3 + in.read(3) : 11 + in.read(7);
            if (symbol + times > symbols) {
                throw WebpFault.damaged("a prefix code of more than %d symbols".formatted(symbols));
            }
            Arrays.fill(lengths, symbol, symbol + times, length == 16 ? previous : 0);
            symbol += times;
        }
    }
}
