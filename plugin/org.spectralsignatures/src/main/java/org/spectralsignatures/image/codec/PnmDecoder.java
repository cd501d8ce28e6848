package org.spectralsignatures.image.codec;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/**
 * Decodes portable bitmaps, graymaps and pixmaps (PBM, PGM and PPM, plain and raw, up to 16 bits a sample; https://netpbm.sourceforge.net/doc/).
 * Of several images the first counts.
 */
final class PnmDecoder {

    private static final int MOST_DIGITS = 9;

    private static final int LARGEST_SAMPLE = 65_535;

    private final byte[] file;

    private final boolean isPlain;

    private final boolean isBitmap;

    private final int bands;

    private int at = 2;

    private int largest;

    private PnmDecoder(final byte[] file) {
        this.file = file;
        isPlain = file[1] < '4';
        isBitmap = file[1] == '1' || file[1] == '4';
        bands = file[1] == '3' || file[1] == '6' ? 3 : 1;
    }

    /** Two characters could begin a text, too: white space and the width follow, or a comment. */
    static boolean recognises(final byte[] file) {
        if (file.length < 4 || file[0] != 'P' || file[1] < '1' || file[1] > '6' || !isSpace(file[2]) && file[2] != '#') {
            return false;
        }
        int next = 2;
        while (next < file.length - 1 && isSpace(file[next])) {
            next++;
        }
        return file[next] >= '0' && file[next] <= '9' || file[next] == '#';
    }

    static DecodedImage decode(final byte[] file, final PixelLimit limit) throws ImageFormatException {
        return new PnmDecoder(file).decode(limit);
    }

    private DecodedImage decode(final PixelLimit limit) throws ImageFormatException {
        final int width = number();
        final int height = number();
        largest = isBitmap ? 1 : number();
        final ImageShape shape = limit.rgb(width, height);
        if (largest < 1 || largest > LARGEST_SAMPLE) {
            throw damaged("its largest value is %d".formatted(largest));
        }
        skipOne();
        final long needed = isPlain ? (long)bands * shape.planeSize() * (isBitmap ? 1 : 2) : (long)rawRow(shape.width()) * shape.height();
        if (needed > file.length - at) {
            throw cutOff(shape);
        }
        final var planes = new byte[shape.size()];
        if (isBitmap && !isPlain) {
            rawBits(shape, planes);
        } else if (!isPlain && largest == 255) {
            rawBytes(planes);
        } else {
            samples(shape, planes);
        }
        return new DecodedImage(shape, planes);
    }

    private int rawRow(final int width) {
        return isBitmap ? (width + 7) / 8 : bands * width * (largest > 255 ? 2 : 1);
    }

    private void rawBits(final ImageShape shape, final byte[] planes) {
        final int row = rawRow(shape.width());
        for (int y = 0, i = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++, i++) {
                final boolean black = (file[at + y * row + x / 8] >> 7 - x % 8 & 1) != 0;
                put(planes, i, 0, black ? 0 : (byte)255);
            }
        }
    }

    /** As {@link #samples} does, for nearly all files there are. */
    private void rawBytes(final byte[] planes) {
        final int n = planes.length / 3;
        final int green = bands == 3 ? 1 : 0;
        for (int i = 0, p = at; i < n; i++, p += bands) {
            planes[i] = file[p];
            planes[n + i] = file[p + green];
            planes[2 * n + i] = file[p + 2 * green];
        }
    }

    private void samples(final ImageShape shape, final byte[] planes) throws ImageFormatException {
        final int bytes = largest > 255 ? 2 : 1;
        for (int i = 0; i < shape.planeSize(); i++) {
            for (int band = 0; band < bands; band++) {
                final int sample;
                if (isPlain) {
                    sample = isBitmap ? 1 - bit() : number();
                } else {
                    sample = bytes == 1 ? file[at] & 0xff : (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
                    at += bytes;
                }
                put(planes, i, band, scaled(sample));
            }
        }
    }

    private void put(final byte[] planes, final int i, final int band, final byte value) {
        final int n = planes.length / 3;
        planes[band * n + i] = value;
        if (bands == 1) {
            planes[n + i] = value;
            planes[2 * n + i] = value;
        }
    }

    /** @return the sample of 255; of 16 bits the upper 8 */
    private byte scaled(final int sample) throws ImageFormatException {
        if (sample > largest) {
            throw damaged("a value of %d where %d is the largest".formatted(sample, largest));
        }
        return (byte)(largest == 255 ? sample : largest == LARGEST_SAMPLE ? sample >> 8 : (2 * 255 * sample + largest) / (2 * largest));
    }

    /** Bits of plain bitmaps need nothing between them. */
    private int bit() throws ImageFormatException {
        skipSpace();
        final int digit = next() - '0';
        if (digit != 0 && digit != 1) {
            throw damaged("byte %d is neither 0 nor 1".formatted(at - 1));
        }
        return digit;
    }

    /** @return a decimal number; what follows it shows that it is whole */
    private int number() throws ImageFormatException {
        skipSpace();
        int value = 0;
        int digits = 0;
        for (int c = next(); c >= '0' && c <= '9'; c = next()) {
            value = 10 * value + c - '0';
            if (++digits > MOST_DIGITS) {
                throw damaged("a number of more than %d digits".formatted(MOST_DIGITS));
            }
        }
        at--;
        if (digits == 0 || !isSpace(file[at]) && file[at] != '#') {
            throw damaged("byte %d is no part of a number".formatted(at));
        }
        return value;
    }

    /** The one white space between header and samples. */
    private void skipOne() throws ImageFormatException {
        if (!isSpace((byte)next())) {
            throw damaged("byte %d is no white space".formatted(at - 1));
        }
    }

    private void skipSpace() throws ImageFormatException {
        boolean comment = false;
        for (int c = next(); comment || isSpace((byte)c) || c == '#'; c = next()) {
            comment = c == '#' || comment && c != '\n' && c != '\r';
        }
        at--;
    }

    private int next() throws ImageFormatException {
        if (at >= file.length) {
            throw new ImageFormatException(ImageFault.CUT_OFF, "The PNM image is cut off after %d bytes.".formatted(file.length));
        }
        return file[at++];
    }

    private static boolean isSpace(final byte c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private static ImageFormatException cutOff(final ImageShape shape) {
        return new ImageFormatException(ImageFault.CUT_OFF, "The PNM image is cut off: pixels of its %s are missing.".formatted(shape.describe()));
    }

    private static ImageFormatException damaged(final String what) {
        return new ImageFormatException(ImageFault.DAMAGED, "The PNM image is damaged: " + what + ".");
    }
}
