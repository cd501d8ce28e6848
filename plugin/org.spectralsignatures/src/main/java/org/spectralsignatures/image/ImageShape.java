package org.spectralsignatures.image;

import java.io.Serializable;

/**
 * Channels, height and width of an image whose unsigned bytes lie plane by plane, row by row (CHW).
 *
 * @param channels number of colour planes, 3 for RGB
 * @param height rows of pixels
 * @param width columns of pixels
 */
public record ImageShape(int channels, int height, int width) implements Serializable {

    /** @throws IllegalArgumentException if a dimension is not positive or the bytes of an image are more than an array has room for */
    public ImageShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                "An image needs at least one channel, row and column, but its shape is %dx%dx%d.".formatted(channels, height, width));
        }
        if ((long)height * width > Integer.MAX_VALUE / channels) {
            throw new IllegalArgumentException("An image of %d x %d pixels with %d channels is too large.".formatted(width, height, channels));
        }
    }

    /** @return number of bytes of an image, channels * height * width */
    public int size() {
        return channels * height * width;
    }

    /** @return number of pixels of a plane, height * width */
    public int planeSize() {
        return height * width;
    }

    /** @return the shape of gray images of the same size */
    public ImageShape gray() {
        return new ImageShape(1, height, width);
    }

    /** @return for example {@code 3x32x32} */
    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }

    /** @return width x height as people say it, for example {@code 32 x 32 pixels} */
    public String describe() {
        return width + " x " + height + " pixels";
    }

    /**
     * The inverse of {@link #toString()}.
     *
     * @param text for example {@code 3x32x32}
     * @return the shape
     * @throws IllegalArgumentException if the text has another form
     */
    public static ImageShape parse(final String text) {
        final String[] parts = text.split("x");
        if (parts.length != 3) {
            throw new IllegalArgumentException("'" + text + "' is no image shape such as 3x32x32.");
        }
        try {
            return new ImageShape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no image shape such as 3x32x32.", e);
        }
    }
}
