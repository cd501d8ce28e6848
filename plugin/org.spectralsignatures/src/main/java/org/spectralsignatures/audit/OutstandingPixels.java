package org.spectralsignatures.audit;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;

/**
 * Images by their single pixels: which of them stand out from their neighbours, and of what colour they are. A pixel has a code, of its place and its colour.
 */
final class OutstandingPixels {

    /** A pixel stands out from a neighbour by more than so many grey levels in some channel. */
    private static final int APART = 12;

    private static final int COLOUR_BITS = 24;

    private final ImageDataset images;

    /** @param images RGB */
    OutstandingPixels(final ImageDataset images) {
        this.images = images;
    }

    /** @return a pixel's code: those of one place lie together */
    static long code(final int place, final int colour) {
        return (long)place << COLOUR_BITS | colour;
    }

    /** @return the place of a pixel, {@code y w + x} */
    static int place(final long code) {
        return (int)(code >> COLOUR_BITS);
    }

    /** @return the colour of a pixel, {@code 0xRRGGBB} */
    static int colour(final long code) {
        return (int)(code & (1 << COLOUR_BITS) - 1);
    }

    /**
     * @param image index
     * @param like how many of its eight neighbours a pixel may be like
     * @return codes of the pixels that stand out from all but so many, ascending
     */
    long[] standingOut(final int image, final int like) {
        return standingOut(image, like, 0, images.shape().planeSize());
    }

    /** The same of the places from one to before another. */
    long[] standingOut(final int image, final int like, final int from, final int end) {
        final ImageShape shape = images.shape();
        final byte[] pixels = of(image);
        final int size = shape.planeSize();
        final var codes = new long[end - from];
        int found = 0;
        for (int place = from; place < end; place++) {
            boolean standsOut = false;
            for (int c = 0; c < shape.channels() && !standsOut; c++) {
                standsOut = apart(pixels, c * size, place, like);
            }
            if (standsOut) {
                codes[found++] = code(place, colour(pixels, place));
            }
        }
        return Arrays.copyOf(codes, found);
    }

    /** @return all values of an image, CHW */
    byte[] of(final int image) {
        final var pixels = new byte[images.shape().size()];
        images.copyPixels(image, pixels, 0);
        return pixels;
    }

    /** @return {@code 0xRRGGBB} */
    int colour(final byte[] pixels, final int place) {
        final int size = images.shape().planeSize();
        return Byte.toUnsignedInt(pixels[place]) << 16 | Byte.toUnsignedInt(pixels[size + place]) << 8 | Byte.toUnsignedInt(pixels[2 * size + place]);
    }

    /** @return whether all pixels are shades of grey */
    boolean isGrey(final int image) {
        final byte[] pixels = of(image);
        final int size = images.shape().planeSize();
        return IntStream.range(0, size).allMatch(k -> pixels[k] == pixels[size + k] && pixels[k] == pixels[2 * size + k]);
    }

    private boolean apart(final byte[] pixels, final int plane, final int place, final int like) {
        final int width = images.shape().width();
        final int height = images.shape().height();
        final int own = Byte.toUnsignedInt(pixels[plane + place]);
        final int row = place / width;
        final int column = place - row * width;
        final int bottom = Math.min(height - 1, row + 1);
        final int left = Math.max(0, column - 1);
        final int right = Math.min(width - 1, column + 1);
        int notBelow = -1; // it is neither above nor below itself
        int notAbove = -1;
        for (int j = Math.max(0, row - 1); j <= bottom && (notBelow <= like || notAbove <= like); j++) {
            for (int i = left; i <= right; i++) {
                final int near = Byte.toUnsignedInt(pixels[plane + j * width + i]);
                notBelow += own > near + APART ? 0 : 1;
                notAbove += own < near - APART ? 0 : 1;
            }
        }
        return Math.min(notBelow, notAbove) <= like;
    }
}
