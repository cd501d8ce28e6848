package org.spectralsignatures.image;

import java.util.Arrays;

/**
 * Turns pixels into those that a network takes: gray ones into RGB with equal planes, and RGB into gray, by Pillow's
 * {@code convert("L")}: (19595 R + 38470 G + 7471 B + 32768) / 65536, rounded down, which leaves equal planes as they are.
 */
public final class ImageChannels {

    private static final int RED = 19595;

    private static final int GREEN = 38470;

    private static final int BLUE = 7471;

    private static final int SHIFT = 16;

    private static final int RGB = 3;

    private ImageChannels() {
    }

    /**
     * @param from a shape of images
     * @param to another one
     * @return whether pixels of the first can be turned into the second: both have the same sides, and each 1 or 3 channels or both the same
     */
    public static boolean convertible(final ImageShape from, final ImageShape to) {
        return from.height() == to.height() && from.width() == to.width()
            && (from.channels() == to.channels() || from.channels() + to.channels() == RGB + 1 && Math.abs(from.channels() - to.channels()) == RGB - 1);
    }

    /**
     * @param images a shape of images
     * @param network the shape that a network takes
     * @throws IllegalArgumentException if the images cannot be turned into what it takes; the message says what both are
     */
    public static void require(final ImageShape images, final ImageShape network) {
        if (!convertible(images, network)) {
            throw new IllegalArgumentException("The images are %s, but the network was trained on %s.".formatted(images.describe(), network.describe()));
        }
    }

    /**
     * @param pixels an image, CHW
     * @param from its shape
     * @param to a shape that it can be turned into
     * @return the image in that shape; the same array if nothing changes
     */
    public static byte[] convert(final byte[] pixels, final ImageShape from, final ImageShape to) {
        if (from.channels() == to.channels()) {
            return pixels;
        }
        final int plane = from.planeSize();
        final var converted = new byte[to.size()];
        if (to.channels() == 1) {
            for (int k = 0; k < plane; k++) {
                converted[k] = (byte)(RED * (pixels[k] & 0xff) + GREEN * (pixels[plane + k] & 0xff) + BLUE * (pixels[2 * plane + k] & 0xff)
                    + (1 << SHIFT - 1) >> SHIFT);
            }
        } else {
            for (int c = 0; c < to.channels(); c++) {
                System.arraycopy(pixels, 0, converted, c * plane, plane);
            }
        }
        return converted;
    }

    /**
     * @param pixels an image, CHW
     * @param shape its shape
     * @return whether all its planes are equal
     */
    public static boolean gray(final byte[] pixels, final ImageShape shape) {
        final int plane = shape.planeSize();
        for (int c = 1; c < shape.channels(); c++) {
            if (!Arrays.equals(pixels, 0, plane, pixels, c * plane, (c + 1) * plane)) {
                return false;
            }
        }
        return true;
    }
}
