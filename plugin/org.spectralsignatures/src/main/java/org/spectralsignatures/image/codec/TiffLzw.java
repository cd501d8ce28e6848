package org.spectralsignatures.image.codec;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;

/** Unpacks Lempel-Ziv-Welch codes of growing length, highest bit first, as TIFF has them (TIFF 6.0, section 13). */
final class TiffLzw {

    private static final int CLEAR = 256;

    private static final int END = 257;

    private static final int MOST_CODES = 4096;

    private final byte[] packed;

    private final int end;

    private int at;

    private int buffer;

    private int bits;

    private int codeBits = 9;

    /** Where in the unpacked bytes a code's string was written, and how long it is. */
    private final int[] starts = new int[MOST_CODES];

    private final int[] lengths = new int[MOST_CODES];

    TiffLzw(final byte[] packed, final int from, final int to) throws ImageFormatException {
        if (to - from > 1 && packed[from] == 0 && (packed[from + 1] & 1) == 1) {
            throw new ImageFormatException(ImageFault.UNKNOWN_KIND,
                "The image is a TIFF of a kind that is not read (LZW of before 1988, lowest bit first). Save it as PNG first.");
        }
        this.packed = packed;
        at = from;
        end = to;
    }

    /**
     * @param unpacked receives the bytes
     * @return how many were there
     * @throws ImageFormatException if a code refers to what was not said
     */
    int unpack(final byte[] unpacked) throws ImageFormatException {
        int filled = 0;
        int codes = END + 1;
        int previousStart = -1;
        int previousLength = 0;
        while (filled < unpacked.length) {
            final int code = next();
            if (code == END) {
                break;
            }
            if (code == CLEAR) {
                codes = END + 1;
                codeBits = 9;
                previousStart = -1;
                continue;
            }
            if (code > codes || code == codes && previousStart < 0 || code > END && previousStart < 0) {
                throw TiffPage.damaged("code %d stands for nothing".formatted(code));
            }
            final int start = filled;
            int length = 1;
            if (code < CLEAR) {
                unpacked[filled++] = (byte)code;
            } else {
                // The string of a new code is the one before with the first byte of this one, which lies behind it already.
                final int from = code == codes ? previousStart : starts[code];
                length = code == codes ? previousLength + 1 : lengths[code];
                for (int i = 0; i < length && filled < unpacked.length; i++) {
                    unpacked[filled++] = unpacked[from + i];
                }
            }
            if (previousStart >= 0 && codes < MOST_CODES) {
                starts[codes] = previousStart;
                lengths[codes++] = previousLength + 1;
                if (codes == (1 << codeBits) - 1 && codeBits < 12) {
                    codeBits++;
                }
            }
            previousStart = start;
            previousLength = length;
        }
        return filled;
    }

    /** @return the next code; the end mark where there is none */
    private int next() {
        while (bits < codeBits) {
            if (at == end) {
                return END;
            }
            buffer = buffer << 8 | packed[at++] & 0xff;
            bits += 8;
        }
        bits -= codeBits;
        return buffer >>> bits & (1 << codeBits) - 1;
    }
}
