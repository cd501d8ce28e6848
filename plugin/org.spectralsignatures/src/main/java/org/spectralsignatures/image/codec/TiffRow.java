package org.spectralsignatures.image.codec;

/** Turns the samples of a row of a TIFF tile into colours: of 16 bits the upper 8. */
final class TiffRow {

    private final TiffLayout layout;

    private final byte[] palette;

    /** Where in the two bytes of a long sample the upper one is. */
    private final int upper;

    private final int colours;

    private final int[] pixel;

    /**
     * @param layout of the page
     * @param palette its colours, plane by plane; null without one
     * @param isLittleEndian the byte order of long samples
     */
    TiffRow(final TiffLayout layout, final byte[] palette, final boolean isLittleEndian) {
        this.layout = layout;
        this.palette = palette;
        upper = isLittleEndian ? 1 : 0;
        colours = TiffLayout.colours(layout.photometric());
        pixel = new int[colours + 1];
    }

    /**
     * @param samples of a tile, for each plane
     * @param start of the row in them
     * @param columns pixels of it
     * @param planes receives red, green and blue, plane by plane
     * @param at where the row begins in a plane
     */
    void toRgb(final byte[][] samples, final int start, final int columns, final byte[] planes, final int at) {
        final int n = planes.length / 3;
        if (layout.photometric() == TiffLayout.RGB && layout.bits() == 8 && layout.planes() == 1 && !layout.premultiplied()) {
            for (int x = 0, p = start; x < columns; x++, p += layout.samples()) {
                planes[at + x] = samples[0][p];
                planes[n + at + x] = samples[0][p + 1];
                planes[2 * n + at + x] = samples[0][p + 2];
            }
            return;
        }
        final int taken = layout.premultiplied() ? colours + 1 : colours;
        for (int x = 0; x < columns; x++) {
            for (int band = 0; band < taken; band++) {
                pixel[band] = layout.planes() > 1 ? sample(samples[band], start, x) : sample(samples[0], start, x * layout.samples() + band);
            }
            if (layout.premultiplied()) {
                divideOutOpacity();
            }
            for (int channel = 0; channel < 3; channel++) {
                planes[channel * n + at + x] = (byte)colour(channel);
            }
        }
    }

    private int sample(final byte[] row, final int start, final int index) {
        final int bits = layout.bits();
        if (bits == 8) {
            return row[start + index] & 0xff;
        }
        if (bits == 16) {
            return row[start + 2 * index + upper] & 0xff;
        }
        final int value = row[start + index * bits / 8] >> 8 - bits - index * bits % 8 & (1 << bits) - 1;
        return palette != null ? value : value * 255 / ((1 << bits) - 1);
    }

    private void divideOutOpacity() {
        final int opacity = pixel[colours];
        for (int band = 0; band < colours; band++) {
            pixel[band] = opacity == 0 ? 0 : Math.min(255, pixel[band] * 255 / opacity);
        }
    }

    private int colour(final int channel) {
        return switch (layout.photometric()) {
            case TiffLayout.WHITE_IS_ZERO -> 255 - pixel[0];
            case TiffLayout.BLACK_IS_ZERO -> pixel[0];
            case TiffLayout.PALETTE -> palette[channel * (palette.length / 3) + pixel[0]];
            case TiffLayout.CMYK -> ((255 - pixel[channel]) * (255 - pixel[3]) + 127) / 255;
            default -> pixel[channel];
        };
    }
}
