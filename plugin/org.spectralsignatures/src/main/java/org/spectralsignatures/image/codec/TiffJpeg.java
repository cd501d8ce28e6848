package org.spectralsignatures.image.codec;

import java.util.Arrays;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/**
 * Decodes strips and tiles that are JPEG images of their own, with their tables in the directory (TIFF Technical Note 2). The TIFF says what their samples
 * stand for.
 */
final class TiffJpeg {

    private static final int MARK = 2;

    private TiffJpeg() {
    }

    /**
     * @param tables a JPEG file of nothing but tables; empty if each strip has its own
     * @param strip a JPEG file without them
     * @param layout of the page
     * @return the strip as RGB
     */
    static DecodedImage decode(final byte[] tables, final byte[] strip, final TiffLayout layout) throws ImageFormatException {
        final var structure = new JpegStructure(joined(tables, strip));
        // A frame of the wrong size is no reason to make room for more than the tile.
        final ImageShape shape = structure.shape(new PixelLimit((long)(layout.tileWidth() + 15) * (layout.tileHeight() + 15)));
        final byte[] samples = JpegDecoder.samples(structure.samplesOnly(), shape);
        if (samples.length != (long)layout.samples() * shape.planeSize()) {
            throw TiffPage.damaged("a strip or tile has another number of samples");
        }
        if (layout.photometric() == TiffLayout.WHITE_IS_ZERO || layout.photometric() == TiffLayout.CMYK) {
            // Inks are stored inverted in JPEG files alone.
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (byte)~samples[i];
            }
        }
        final var planes = new byte[shape.size()];
        colour(layout.photometric()).toRgb(samples, planes, shape.planeSize());
        return new DecodedImage(shape, planes);
    }

    private static byte[] joined(final byte[] tables, final byte[] strip) throws ImageFormatException {
        if (!JpegDecoder.recognises(strip)) {
            throw TiffPage.damaged("a strip or tile is no JPEG image");
        }
        if (tables.length < 2 * MARK) {
            return strip;
        }
        final byte[] joined = Arrays.copyOf(tables, tables.length + strip.length - 2 * MARK);
        System.arraycopy(strip, MARK, joined, tables.length - MARK, strip.length - MARK);
        return joined;
    }

    private static JpegColour colour(final int photometric) {
        return switch (photometric) {
            case TiffLayout.RGB -> JpegColour.RGB;
            case TiffLayout.YCC -> JpegColour.YCC;
            case TiffLayout.CMYK -> JpegColour.CMYK;
            default -> JpegColour.GRAY;
        };
    }
}
