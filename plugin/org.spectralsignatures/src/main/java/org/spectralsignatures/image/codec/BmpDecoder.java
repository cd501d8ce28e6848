package org.spectralsignatures.image.codec;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/** Decodes Windows bitmaps with the Java runtime's decoder, once their header was found to agree with their length. */
final class BmpDecoder {

    private static final int FILE_HEADER = 14;

    private static final int OS2_HEADER = 12;

    private static final int RLE8 = 1;

    private static final int RLE4 = 2;

    private static final int BITFIELDS = 3;

    private BmpDecoder() {
    }

    static boolean recognises(final byte[] file) {
        return file.length > 1 && file[0] == 'B' && file[1] == 'M';
    }

    /** Two letters could begin a text, too: the reserved bytes behind the length are 0, and a header of at least 12 bytes follows. */
    static boolean begins(final byte[] file) {
        return recognises(file) && file.length >= 18 && (file[6] | file[7] | file[8] | file[9]) == 0 && file[14] >= 12 && (file[15] | file[16] | file[17]) == 0;
    }

    static DecodedImage decode(final byte[] file, final PixelLimit limit) throws ImageFormatException {
        final ImageShape shape = check(file, limit);
        final BufferedImage image = RuntimeDecoder.BMP.read(new ByteArrayInputStream(file));
        return new DecodedImage(shape, planes(image, shape));
    }

    private static byte[] planes(final BufferedImage image, final ImageShape shape) {
        final int n = shape.planeSize();
        // Of gray samples, getRGB would bend the values by the curve of a linear colour space.
        final boolean gray = image.getType() == BufferedImage.TYPE_BYTE_GRAY;
        final int[] values = gray ? image.getRaster().getSamples(0, 0, shape.width(), shape.height(), 0, (int[])null)
            : image.getRGB(0, 0, shape.width(), shape.height(), null, 0, shape.width());
        final var planes = new byte[shape.size()];
        for (int i = 0; i < n; i++) {
            planes[i] = (byte)(gray ? values[i] : values[i] >> 16);
            planes[n + i] = (byte)(gray ? values[i] : values[i] >> 8);
            planes[2 * n + i] = (byte)values[i];
        }
        return planes;
    }

    private static ImageShape check(final byte[] file, final PixelLimit limit) throws ImageFormatException {
        final var in = new ImageBytes(file, 10, true);
        final long pixels = in.u32();
        final long header = in.u32();
        final boolean os2 = header == OS2_HEADER;
        final long width = os2 ? in.u16() : in.i32();
        final long height = os2 ? in.u16() : Math.abs((long)in.i32());
        in.skip(2);
        final int bits = in.u16();
        final int compression = os2 ? 0 : in.i32();
        final ImageShape shape = limit.rgb(width, height);
        final boolean isRle = compression == RLE8 && bits == 8 || compression == RLE4 && bits == 4;
        final boolean isPlain = compression == 0 && (bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32)
            || compression == BITFIELDS && (bits == 16 || bits == 32);
        if (header < OS2_HEADER || !isRle && !isPlain) {
            throw new ImageFormatException(ImageFault.UNKNOWN_KIND,
                "The image is a BMP of a kind that is not read (%d bits, compression %d). Save it as PNG first.".formatted(bits, compression));
        }
        if (pixels > file.length) {
            throw new ImageFormatException(ImageFault.CUT_OFF, "The BMP image is cut off: it has no pixels.");
        }
        if (pixels < FILE_HEADER + header) {
            throw new ImageFormatException(ImageFault.DAMAGED, "The BMP image is damaged: its pixels begin at byte %d of %d.".formatted(pixels, file.length));
        }
        final boolean isWhole = isRle ? BmpRuns.areWhole(file, (int)pixels, bits == 8, shape)
            : pixels + (width * bits + 31) / 32 * 4 * height <= file.length;
        if (!isWhole) {
            throw new ImageFormatException(ImageFault.CUT_OFF, "The BMP image is cut off: pixels of its %s are missing.".formatted(shape.describe()));
        }
        return shape;
    }
}
