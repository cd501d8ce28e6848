package org.spectralsignatures.image.codec;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;

/** Unpacks the pixels of a GIF picture: Lempel-Ziv-Welch codes of growing length, lowest bit first (GIF89a, appendix F). */
final class GifPixels {

    private static final int MOST_CODES = 4096;

    private final int clear;

    private final int firstLength;

    private final short[] prefix = new short[MOST_CODES];

    private final byte[] last = new byte[MOST_CODES];

    private final byte[] reversed = new byte[MOST_CODES];

    private int codes;

    private int codeBits;

    /** @param bits of an index */
    GifPixels(final int bits) {
        clear = 1 << bits;
        firstLength = bits + 1;
        for (int i = 0; i < clear; i++) {
            last[i] = (byte)i;
        }
    }

    /**
     * @param packed the codes
     * @param indices receives the pixels in the order of the file
     * @return the indices
     * @throws ImageFormatException if the codes end before all pixels are there or refer to what was not said
     */
    byte[] unpack(final byte[] packed, final byte[] indices) throws ImageFormatException {
        reset();
        int bits = 0;
        int buffer = 0;
        int at = 0;
        int previous = -1;
        byte first = 0;
        int filled = 0;
        while (filled < indices.length) {
            while (bits < codeBits && at < packed.length) {
                buffer |= (packed[at++] & 0xff) << bits;
                bits += 8;
            }
            final int code = buffer & (1 << codeBits) - 1;
            if (bits < codeBits || code == clear + 1) {
                throw new ImageFormatException(ImageFault.CUT_OFF, "The GIF image is cut off: %d of %d pixels are there.".formatted(filled, indices.length));
            }
            buffer >>>= codeBits;
            bits -= codeBits;
            if (code == clear) {
                reset();
                previous = -1;
                continue;
            }
            if (code > codes || code == codes && previous < 0 || previous < 0 && code > clear) {
                throw new ImageFormatException(ImageFault.DAMAGED, "The GIF image is damaged: code %d stands for nothing.".formatted(code));
            }
            int length = 0;
            int link = code;
            if (code == codes) {
                reversed[length++] = first;
                link = previous;
            }
            while (link > clear) {
                reversed[length++] = last[link];
                link = prefix[link];
            }
            first = last[link];
            reversed[length++] = first;
            for (int i = length - 1; i >= 0 && filled < indices.length; i--) {
                indices[filled++] = reversed[i];
            }
            define(previous, first);
            previous = code;
        }
        return indices;
    }

    private void reset() {
        codes = clear + 2;
        codeBits = firstLength;
    }

    private void define(final int previous, final byte end) {
        if (previous >= 0 && codes < MOST_CODES) {
            prefix[codes] = (short)previous;
            last[codes] = end;
            codes++;
            if (codes == 1 << codeBits && codeBits < 12) {
                codeBits++;
            }
        }
    }
}
