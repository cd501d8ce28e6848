package org.spectralsignatures.image;

/** Makes images smaller: as a whole, by the mean of the pixels that fall into one, or by cutting out a part. */
public final class ImageScaling {

    private ImageScaling() {
    }

    /**
     * @param image any image
     * @param largest longest edge that the result may have, in pixels
     * @return the image itself if it is no larger, else its copy with that longest edge and the same proportions
     * @throws IllegalArgumentException if the edge is not positive
     */
    public static DecodedImage fit(final DecodedImage image, final int largest) {
        if (largest < 1) {
            throw new IllegalArgumentException("An image of at most %d pixels cannot be drawn.".formatted(largest));
        }
        final ImageShape from = image.shape();
        final int longest = Math.max(from.height(), from.width());
        if (longest <= largest) {
            return image;
        }
        final var to = new ImageShape(from.channels(), edge(from.height(), largest, longest), edge(from.width(), largest, longest));
        final var pixels = new byte[to.size()];
        for (int channel = 0, i = 0; channel < to.channels(); channel++) {
            for (int row = 0; row < to.height(); row++) {
                for (int column = 0; column < to.width(); column++, i++) {
                    pixels[i] = (byte)Math.round(mean(image.pixels(), channel * from.planeSize(), from, to, row, column));
                }
            }
        }
        return new DecodedImage(to, pixels);
    }

    private static int edge(final int length, final int largest, final int longest) {
        return Math.max(1, Math.round((float)length * largest / longest));
    }

    /** Mean of the pixels of a plane that begin within a pixel of the smaller image. */
    private static float mean(final byte[] pixels, final int plane, final ImageShape from, final ImageShape to, final int row, final int column) {
        final int top = (int)((long)row * from.height() / to.height());
        final int bottom = Math.max(top + 1, (int)((row + 1L) * from.height() / to.height()));
        final int left = (int)((long)column * from.width() / to.width());
        final int right = Math.max(left + 1, (int)((column + 1L) * from.width() / to.width()));
        long sum = 0;
        for (int r = top; r < bottom; r++) {
            for (int c = left; c < right; c++) {
                sum += Byte.toUnsignedInt(pixels[plane + r * from.width() + c]);
            }
        }
        return (float)sum / ((bottom - top) * (right - left));
    }

    /**
     * @param image any image
     * @param region a part of it
     * @return that part
     * @throws IllegalArgumentException if the region is not within the image
     */
    public static DecodedImage crop(final DecodedImage image, final ImageRegion region) {
        final ImageShape from = image.shape();
        if (!region.isWithin(from)) {
            throw new IllegalArgumentException("There is no %s in an image of %s.".formatted(region, from.describe()));
        }
        final var to = new ImageShape(from.channels(), region.height(), region.width());
        final var pixels = new byte[to.size()];
        for (int channel = 0; channel < to.channels(); channel++) {
            for (int row = 0; row < to.height(); row++) {
                System.arraycopy(image.pixels(), channel * from.planeSize() + (region.row() + row) * from.width() + region.column(), pixels,
                    channel * to.planeSize() + row * to.width(), to.width());
            }
        }
        return new DecodedImage(to, pixels);
    }
}
