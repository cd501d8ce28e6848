package org.spectralsignatures.image.vp8;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;

/** Turns the luma and the chroma of half its width and height into RGB, interpolated and rounded as libwebp does. */
final class Vp8Colours {

    private final byte[] luma;

    private final byte[] blueness;

    private final byte[] redness;

    private final int stride;

    /**
     * @param luma rows of it, with a border of one row and, to the left, {@link Vp8Decoder#BORDER} columns
     * @param blueness chroma, with the same border
     * @param redness chroma
     * @param stride bytes of a row of luma; a row of chroma has as many
     */
    Vp8Colours(final byte[] luma, final byte[] blueness, final byte[] redness, final int stride) {
        this.luma = luma;
        this.blueness = blueness;
        this.redness = redness;
        this.stride = stride;
    }

    DecodedImage image(final ImageShape shape) {
        final var planes = new byte[shape.size()];
        final int lastRow = (shape.height() - 1) / 2;
        final int width = shape.width();
        final int[] blue = new int[width];
        final int[] red = new int[width];
        for (int y = 0; y < shape.height(); y++) {
            final int near = y / 2;
            final int far = Math.max(0, Math.min(lastRow, y % 2 == 0 ? near - 1 : near + 1));
            spread(blueness, row(near), row(far), blue);
            spread(redness, row(near), row(far), red);
            convert(row(y), blue, red, planes, y * width);
        }
        return new DecodedImage(shape, planes);
    }

    private int row(final int y) {
        return (y + 1) * stride + Vp8Decoder.BORDER;
    }

    /** Weights 9, 3, 3 and 1 of 16 for the four values around a pixel, 3 and 1 of 4 at the sides. */
    private static void spread(final byte[] chroma, final int near, final int far, final int[] values) {
        int nearLeft = chroma[near] & 0xff;
        int farLeft = chroma[far] & 0xff;
        values[0] = 3 * nearLeft + farLeft + 2 >> 2;
        final int width = values.length;
        for (int x = 1; x < width - 1; x += 2) {
            final int nearRight = chroma[near + (x + 1) / 2] & 0xff;
            final int farRight = chroma[far + (x + 1) / 2] & 0xff;
            final int sum = nearLeft + nearRight + farLeft + farRight + 8;
            values[x] = (sum + 2 * (nearRight + farLeft) >> 3) + nearLeft >> 1;
            values[x + 1] = (sum + 2 * (nearLeft + farRight) >> 3) + nearRight >> 1;
            nearLeft = nearRight;
            farLeft = farRight;
        }
        if (width % 2 == 0) {
            values[width - 1] = 3 * nearLeft + farLeft + 2 >> 2;
        }
    }

    /** ITU-R BT.601 with 16 to 235 for luma, in fixed point. */
    private void convert(final int row, final int[] blue, final int[] red, final byte[] planes, final int at) {
        final int n = planes.length / 3;
        final byte[] lumas = luma;
        for (int x = 0; x < blue.length; x++) {
            final int y = (lumas[row + x] & 0xff) * 19_077 >> 8;
            planes[at + x] = clip(y + (red[x] * 26_149 >> 8) - 14_234);
            planes[n + at + x] = clip(y - (blue[x] * 6_419 >> 8) - (red[x] * 13_320 >> 8) + 8_708);
            planes[2 * n + at + x] = clip(y + (blue[x] * 33_050 >> 8) - 17_685);
        }
    }

    private static byte clip(final int value) {
        return (byte)Math.max(0, Math.min(255, value >> 6));
    }
}
