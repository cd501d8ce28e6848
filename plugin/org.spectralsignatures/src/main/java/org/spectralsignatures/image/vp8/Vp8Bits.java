package org.spectralsignatures.image.vp8;

import org.spectralsignatures.image.ImageFormatException;

/** Reads decisions of given probability from an arithmetic code (RFC 6386, section 7). Past the end the picture is cut off. */
final class Vp8Bits {

    private final byte[] bytes;

    private final int end;

    private int at;

    /** What the next decision is compared with, and bits that were read ahead below it. */
    private long value;

    /** Bits of {@code value} below the eight that decide next; negative if these are not complete. */
    private int spare = -8;

    /** One less than the range, 127 to 254 after each decision. */
    private int range = 254;

    Vp8Bits(final byte[] bytes, final int start, final int end) {
        this.bytes = bytes;
        at = start;
        this.end = end;
    }

    /** @return the number of two bytes that stand outside the code, the lower one first */
    static int u16(final byte[] bytes, final int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
    }

    /** @return the number of three bytes that stand outside the code, the lowest one first */
    static int u24(final byte[] bytes, final int at) {
        return u16(bytes, at) | (bytes[at + 2] & 0xff) << 16;
    }

    private void load() throws ImageFormatException {
        if (at == end) {
            throw WebpFault.cutOff("pixels are missing");
        }
        while (spare < 40 && at < end) {
            value = value << 8 | bytes[at++] & 0xff;
            spare += 8;
        }
    }

    /**
     * @param probability of no, of 256
     * @return the decision
     */
    boolean bit(final int probability) throws ImageFormatException {
        if (spare < 0) {
            load();
        }
        final int split = range * probability >> 8;
        final boolean isSet = value >> spare > split;
        final int left = isSet ? range - split : split + 1;
        if (isSet) {
            value -= (long)(split + 1) << spare;
        }
        final int shift = Integer.numberOfLeadingZeros(left) - 24;
        range = (left << shift) - 1;
        spare -= shift;
        return isSet;
    }

    boolean bit() throws ImageFormatException {
        return bit(128);
    }

    /** @return a number, highest bit first */
    int number(final int bits) throws ImageFormatException {
        int number = 0;
        for (int i = 0; i < bits; i++) {
            number = number << 1 | (bit() ? 1 : 0);
        }
        return number;
    }

    /** @return a number and its sign behind it */
    int signed(final int bits) throws ImageFormatException {
        final int number = number(bits);
        return bit() ? -number : number;
    }

    /** @return a signed number where it is there, or else 0 */
    int optional(final int bits) throws ImageFormatException {
        return bit() ? signed(bits) : 0;
    }
}
