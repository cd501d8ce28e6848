package org.spectralsignatures.image.codec;

import java.util.Arrays;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;

/**
 * How the rows and columns of a stored image lie in the picture (Exif 2.32, tag 0x0112): 1 as stored, 2 mirrored, 3 turned by 180 degrees, 4
 * upside down, 5 transposed, 6 to be turned clockwise, 7 transposed along the other diagonal, 8 to be turned anticlockwise.
 *
 * @param code 1 to 8
 */
record Orientation(int code) {

    static final Orientation AS_STORED = new Orientation(1);

    private static final int TAG = 0x0112;

    private static final int SHORT = 3;

    private static final int ENTRY_BYTES = 12;

    /**
     * @param exif bytes that hold a TIFF structure
     * @param start where it begins
     * @param length of it
     * @return what its first directory says; as stored where it says nothing or is damaged, as it is no part of the pixels
     */
    static Orientation ofExif(final byte[] exif, final int start, final int length) {
        final byte[] tiff = Arrays.copyOfRange(exif, start, start + length);
        try {
            final boolean little = length > 1 && tiff[0] == 'I' && tiff[1] == 'I';
            final var header = new ImageBytes(tiff, 2, little);
            if (!little && (length < 2 || tiff[0] != 'M' || tiff[1] != 'M') || header.u16() != 42) {
                return AS_STORED;
            }
            final long directory = header.u32();
            final var entries = new ImageBytes(tiff, 0, little);
            entries.skip(directory);
            for (int left = entries.u16(); left > 0; left--) {
                final int tag = entries.u16();
                final int type = entries.u16();
                entries.skip(4);
                final int value = entries.u16();
                if (tag == TAG) {
                    return type == SHORT && value >= 1 && value <= 8 ? new Orientation(value) : AS_STORED;
                }
                entries.skip(ENTRY_BYTES - 10L);
            }
        } catch (ImageFormatException e) { // NOSONAR see above
            return AS_STORED;
        }
        return AS_STORED;
    }

    /** @return the image as it is to be seen */
    DecodedImage apply(final DecodedImage stored) {
        if (code == 1) {
            return stored;
        }
        final int width = stored.shape().width();
        final int height = stored.shape().height();
        final int last = width * height - 1;
        return switch (code) {
            case 2 -> copy(stored, false, width - 1, width, -1);
            case 3 -> copy(stored, false, last, -width, -1);
            case 4 -> copy(stored, false, last - width + 1, -width, 1);
            case 5 -> copy(stored, true, 0, 1, width);
            case 6 -> copy(stored, true, last - width + 1, 1, -width);
            case 7 -> copy(stored, true, last, -1, -width);
            default -> copy(stored, true, width - 1, -1, width);
        };
    }

    /** Copies each plane: the first pixel is the one at {@code from}; a row down and a column right are steps in the stored plane. */
    private static DecodedImage copy(final DecodedImage stored, final boolean turned, final int from, final int down, final int right) {
        final int height = turned ? stored.shape().width() : stored.shape().height();
        final int width = turned ? stored.shape().height() : stored.shape().width();
        final var shape = new ImageShape(stored.shape().channels(), height, width);
        final var pixels = new byte[shape.size()];
        for (int channel = 0, i = 0; channel < shape.channels(); channel++) {
            for (int row = 0; row < shape.height(); row++) {
                int source = channel * shape.planeSize() + from + row * down;
                for (int column = 0; column < shape.width(); column++, i++, source += right) {
                    pixels[i] = stored.pixels()[source];
                }
            }
        }
        return new DecodedImage(shape, pixels);
    }
}
