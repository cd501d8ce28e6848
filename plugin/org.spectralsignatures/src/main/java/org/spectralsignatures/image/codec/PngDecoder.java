package org.spectralsignatures.image.codec;

import java.awt.image.Raster;
import java.util.Arrays;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/**
 * Decodes PNG images: the Java runtime's decoder gives the samples, of which 16 bits count by their upper 8. It is given header, palette and
 * pixels alone, so that transparent colours, gamma, profiles and texts are passed over, and is not asked for colours: it would bend gray by
 * the curve of a linear colour space.
 */
final class PngDecoder {

    /** Deflate cannot make data smaller than this (RFC 1951: 258 bytes by two bits). */
    private static final int LARGEST_RATIO = 1032;

    private PngDecoder() {
    }

    static boolean recognises(final byte[] file) {
        return file.length >= PngChunks.SIGNATURE.length
            && Arrays.equals(file, 0, PngChunks.SIGNATURE.length, PngChunks.SIGNATURE, 0, PngChunks.SIGNATURE.length);
    }

    static DecodedImage decode(final byte[] file, final PixelLimit limit) throws ImageFormatException {
        final PngChunks chunks = PngChunks.of(file);
        final ImageShape shape = limit.rgb(chunks.width(), chunks.height());
        final long rowBits = chunks.rowBits();
        if (rowBits > Integer.MAX_VALUE) {
            throw new ImageFormatException(ImageFault.TOO_LARGE, "The image is too large: its rows have %d bits.".formatted(rowBits));
        }
        // The decoder makes room for all pixels before it sees how few there are.
        if (chunks.keptBytes() * LARGEST_RATIO < (rowBits + 7) / 8 * shape.height()) {
            throw new ImageFormatException(ImageFault.CUT_OFF, "The PNG image is cut off: pixels of its %s are missing.".formatted(shape.describe()));
        }
        final Raster raster = RuntimeDecoder.PNG.read(chunks.keptOf(file)).getRaster();
        final byte[] planes = chunks.colour() == PngChunks.PALETTE ? colours(raster, shape, chunks.palette()) : samples(raster, shape, chunks.depth());
        return chunks.orientation().apply(new DecodedImage(shape, planes));
    }

    private static byte[] samples(final Raster raster, final ImageShape shape, final int depth) {
        final int n = shape.planeSize();
        final int bands = raster.getNumBands();
        final int green = bands < 3 ? 0 : 1;
        final int blue = 2 * green;
        final int factor = depth < 8 ? 255 / ((1 << depth) - 1) : 1;
        final int shift = depth == 16 ? 8 : 0;
        final var planes = new byte[shape.size()];
        final int[] row = new int[shape.width() * bands];
        for (int y = 0, i = 0; y < shape.height(); y++) {
            raster.getPixels(0, y, shape.width(), 1, row);
            for (int at = 0; at < row.length; at += bands, i++) {
                planes[i] = (byte)(row[at] * factor >> shift);
                planes[n + i] = (byte)(row[at + green] * factor >> shift);
                planes[2 * n + i] = (byte)(row[at + blue] * factor >> shift);
            }
        }
        return planes;
    }

    private static byte[] colours(final Raster raster, final ImageShape shape, final byte[] palette) throws ImageFormatException {
        final int n = shape.planeSize();
        final var planes = new byte[shape.size()];
        final int[] row = new int[shape.width()];
        for (int y = 0, i = 0; y < shape.height(); y++) {
            raster.getPixels(0, y, shape.width(), 1, row);
            for (int at = 0; at < row.length; at++, i++) {
                final int colour = 3 * row[at];
                if (colour >= palette.length) {
                    throw new ImageFormatException(ImageFault.DAMAGED,
                        "The PNG image is damaged: colour %d of a palette of %d.".formatted(row[at], palette.length / 3));
                }
                planes[i] = palette[colour];
                planes[n + i] = palette[colour + 1];
                planes[2 * n + i] = palette[colour + 2];
            }
        }
        return planes;
    }
}
