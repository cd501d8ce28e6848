package org.spectralsignatures.image.codec;

import java.util.Set;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/**
 * How the pixels of a TIFF page are stored, checked against the length of the file before anything is decoded. Strips are tiles as wide as the
 * image.
 *
 * @param shape of the stored pixels
 * @param bits of a sample
 * @param samples of a pixel, extra ones included
 * @param compression a tag's value that {@link TiffCompression} knows
 * @param photometric 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 5 CMYK, 6 YCbCr (in JPEG only)
 * @param planes into which the samples are divided, 1 where they lie side by side
 * @param differences whether neighbouring pixels were subtracted
 * @param premultiplied whether colours are multiplied by the opacity behind them
 * @param tileWidth columns of a tile
 * @param tileHeight rows of a tile
 */
record TiffLayout(ImageShape shape, int bits, int samples, int compression, int photometric, int planes, boolean differences, boolean premultiplied,
    int tileWidth, int tileHeight) {

    static final int WHITE_IS_ZERO = 0;

    static final int BLACK_IS_ZERO = 1;

    static final int RGB = 2;

    static final int PALETTE = 3;

    static final int CMYK = 5;

    static final int YCC = 6;

    private static final int MOST_SAMPLES = 5;

    private static final Set<Integer> FEW_BITS = Set.of(1, 2, 4, 8, 16);

    static TiffLayout of(final TiffPage page, final PixelLimit limit) throws ImageFormatException {
        final ImageShape shape = limit.rgb(page.number(TiffPage.WIDTH, 0, 0), page.number(TiffPage.HEIGHT, 0, 0));
        final boolean tiled = page.has(TiffPage.TILE_OFFSETS);
        final long width = tiled ? page.number(TiffPage.TILE_WIDTH, 0, 0) : shape.width();
        final long height = tiled ? page.number(TiffPage.TILE_HEIGHT, 0, 0)
            : Math.min(shape.height(), page.number(TiffPage.ROWS_PER_STRIP, 0, shape.height()));
        limit.rgb(width, height);
        limit.rgb(roundedUp(shape.width(), width), tiled ? roundedUp(shape.height(), height) : shape.height());
        final int samples = page.number(TiffPage.SAMPLES, 1);
        final boolean apart = page.number(TiffPage.PLANAR, 1) == 2;
        final int predictor = page.number(TiffPage.PREDICTOR, 1);
        final int compression = page.number(TiffPage.COMPRESSION, 1);
        final int photometric = photometric(page, compression);
        final var layout = new TiffLayout(shape, page.number(TiffPage.BITS, 1), samples, compression, photometric, apart ? samples : 1,
            predictor == 2 && (compression == TiffCompression.LZW || TiffCompression.isDeflate(compression)),
            samples > colours(photometric) && page.number(TiffPage.EXTRA_SAMPLES, 0) == 1, (int)width, (int)height);
        layout.check(page, predictor);
        return layout;
    }

    private static long roundedUp(final long length, final long step) {
        return (length + step - 1) / step * step;
    }

    private static int photometric(final TiffPage page, final int compression) throws ImageFormatException {
        final int stored = page.number(TiffPage.PHOTOMETRIC, -1);
        if (stored < 0) {
            throw TiffPage.damaged("it does not say what its samples stand for");
        }
        return stored == YCC && compression != TiffCompression.JPEG ? -1 : stored;
    }

    private void check(final TiffPage page, final int predictor) throws ImageFormatException {
        final int colours = colours(photometric);
        if (colours == 0 || photometric == CMYK && page.number(TiffPage.INK_SET, 1) != 1) {
            throw unknown("colours of kind %d".formatted(page.number(TiffPage.PHOTOMETRIC, -1)));
        }
        if (!TiffCompression.isKnown(compression)) {
            throw unknown("compression %d".formatted(compression));
        }
        for (int i = 1; i < page.count(TiffPage.BITS); i++) {
            if (page.number(TiffPage.BITS, i, bits) != bits) {
                throw unknown("samples of different length");
            }
        }
        final int format = page.number(TiffPage.SAMPLE_FORMAT, 1);
        final boolean isDepth = (samples == 1 ? FEW_BITS.contains(bits) : bits == 8 || bits == 16) && !(photometric == PALETTE && bits > 8);
        if (!isDepth || format != 1 && format != 4 || compression == TiffCompression.JPEG && bits != 8) {
            throw unknown("%d bits a sample of format %d".formatted(bits, format));
        }
        if (samples < colours || samples > MOST_SAMPLES) {
            throw unknown("%d samples a pixel".formatted(samples));
        }
        if (predictor != 1 && predictor != 2 || differences && bits < 8) {
            throw unknown("predictor %d of %d bits".formatted(predictor, bits));
        }
        if (compression == TiffCompression.JPEG && (planes > 1 || samples > colours)) {
            throw unknown("JPEG with planes apart or extra samples");
        }
    }

    /** @return samples that make up a colour, 0 where it is not known how */
    static int colours(final int photometric) {
        return switch (photometric) {
            case WHITE_IS_ZERO, BLACK_IS_ZERO, PALETTE -> 1;
            case RGB, YCC -> 3;
            case CMYK -> 4;
            default -> 0;
        };
    }

    private static ImageFormatException unknown(final String what) {
        return new ImageFormatException(ImageFault.UNKNOWN_KIND, "The image is a TIFF of a kind that is not read (%s). Save it as PNG first.".formatted(what));
    }

    /** @return samples of a pixel that lie side by side */
    int samplesInTile() {
        return samples / planes;
    }

    int rowBytes() {
        return (int)(((long)tileWidth * samplesInTile() * bits + 7) / 8);
    }

    int tilesAcross() {
        return (shape.width() + tileWidth - 1) / tileWidth;
    }

    int tilesDown() {
        return (shape.height() + tileHeight - 1) / tileHeight;
    }
}
