package org.spectralsignatures.image.codec;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;

/** Unpacks the tiles of TIFF images (TIFF 6.0, sections 9 and 13; Adobe's supplement 2 of 2002). Tiles with fewer bytes than they need are cut off. */
final class TiffCompression {

    static final int NONE = 1;

    static final int LZW = 5;

    static final int JPEG = 7;

    private static final int DEFLATE = 8;

    private static final int PACK_BITS = 32_773;

    private static final int OLD_DEFLATE = 32_946;

    /** Deflate cannot make data smaller than this (RFC 1951), PackBits 64 times; an LZW code of 12 bits stands for 3,839 bytes at most. */
    private static final int LARGEST_RATIO = 2_560;

    private TiffCompression() {
    }

    static boolean isDeflate(final int compression) {
        return compression == DEFLATE || compression == OLD_DEFLATE;
    }

    static boolean isKnown(final int compression) {
        return compression == NONE || compression == LZW || compression == JPEG || compression == PACK_BITS || isDeflate(compression);
    }

    /**
     * @param compression one of those that are known, but for JPEG
     * @param packed holds the bytes of a tile
     * @param from where they begin
     * @param to where they end
     * @param size bytes that the tile is to have
     * @return as many bytes
     * @throws ImageFormatException if there are fewer, or they contradict themselves
     */
    static byte[] unpack(final int compression, final byte[] packed, final int from, final int to, final int size) throws ImageFormatException {
        if ((long)(to - from) * (compression == NONE ? 1 : LARGEST_RATIO) < size) {
            throw cutOff(to - from, size);
        }
        if (compression == NONE) {
            return Arrays.copyOfRange(packed, from, from + size);
        }
        final var unpacked = new byte[size];
        final int filled = switch (compression) {
            case LZW -> new TiffLzw(packed, from, to).unpack(unpacked);
            case PACK_BITS -> unpackRuns(packed, from, to, unpacked);
            default -> inflate(packed, from, to, unpacked);
        };
        if (filled < size) {
            throw cutOff(filled, size);
        }
        return unpacked;
    }

    private static int inflate(final byte[] packed, final int from, final int to, final byte[] unpacked) throws ImageFormatException {
        final var inflater = new Inflater();
        try {
            inflater.setInput(packed, from, to - from);
            int filled = 0;
            for (int count = 1; count > 0 && filled < unpacked.length; filled += count) {
                count = inflater.inflate(unpacked, filled, unpacked.length - filled);
            }
            return filled;
        } catch (DataFormatException e) {
            throw new ImageFormatException(ImageFault.DAMAGED, "The TIFF image is damaged: %s.".formatted(RuntimeDecoder.reason(e)), e);
        } finally {
            inflater.end();
        }
    }

    private static int unpackRuns(final byte[] packed, final int from, final int to, final byte[] unpacked) {
        int at = from;
        int filled = 0;
        while (at < to - 1 && filled < unpacked.length) {
            final int header = packed[at++];
            if (header >= 0) {
                final int count = Math.min(Math.min(header + 1, to - at), unpacked.length - filled);
                System.arraycopy(packed, at, unpacked, filled, count);
                at += header + 1;
                filled += count;
            } else if (header != Byte.MIN_VALUE) {
                final int end = Math.min(unpacked.length, filled + 1 - header);
                Arrays.fill(unpacked, filled, end, packed[at++]);
                filled = end;
            }
        }
        return filled;
    }

    private static ImageFormatException cutOff(final int found, final int needed) {
        return new ImageFormatException(ImageFault.CUT_OFF, "The TIFF image is cut off: %d bytes of a tile or strip of %d are there.".formatted(found, needed));
    }
}
