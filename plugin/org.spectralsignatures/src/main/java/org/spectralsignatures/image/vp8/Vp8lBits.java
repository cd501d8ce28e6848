package org.spectralsignatures.image.vp8;

import org.spectralsignatures.image.ImageFormatException;

/** Reads bits, lowest first. Past the end the picture is cut off. */
final class Vp8lBits {

    private final byte[] bytes;

    private final int end;

    private int at;

    private long buffer;

    private int available;

    Vp8lBits(final byte[] bytes, final int start, final int end) {
        this.bytes = bytes;
        at = start;
        this.end = end;
    }

    /** @return the next 32 bits or more, zeros behind the end */
    private long ahead() {
        while (available <= 56 && at < end) {
            buffer |= (bytes[at++] & 0xffL) << available;
            available += 8;
        }
        return buffer;
    }

    int peek(final int count) {
        return (int)((available < count ? ahead() : buffer) & (1L << count) - 1);
    }

    void skip(final int count) throws ImageFormatException {
        if (available < count) {
            ahead();
            if (available < count) {
                throw WebpFault.cutOff("pixels are missing");
            }
        }
        buffer >>>= count;
        available -= count;
    }

    /** @param count 0 to 24 */
    int read(final int count) throws ImageFormatException {
        final int value = peek(count);
        skip(count);
        return value;
    }

    boolean bit() throws ImageFormatException {
        return read(1) != 0;
    }
}
