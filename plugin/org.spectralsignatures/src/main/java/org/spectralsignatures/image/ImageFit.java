package org.spectralsignatures.image;

/**
 * Brings images of any size to one size, with antialiasing. The resampling is that of Pillow's {@code Image.resize} with
 * {@code Resampling.BILINEAR}: the same bytes.
 *
 * @param way how the proportions are treated
 * @param height of the result, in pixels
 * @param width of the result, in pixels
 */
public record ImageFit(Way way, int height, int width) {

    /** Longest edge of a result. */
    public static final int MAX_EDGE = 4096;

    /** How the proportions are treated. */
    public enum Way {

        /** The middle is kept, with the proportions of the result; what is left and right of it, or above and below, is cut off. */
        CROP,

        /** The whole image is kept with its proportions; the pixels of its edges are repeated until the result is full. */
        PAD,

        /** The whole image is kept without its proportions. */
        STRETCH
    }

    /** @throws IllegalArgumentException if an edge is out of range */
    public ImageFit {
        if (height < 1 || height > MAX_EDGE || width < 1 || width > MAX_EDGE) {
            throw new IllegalArgumentException("An image can be resized to edges of 1 to %d pixels, not to %d x %d.".formatted(MAX_EDGE, width, height));
        }
    }

    /**
     * @param image of any size
     * @return the image in this size; itself if it has it already
     */
    public DecodedImage apply(final DecodedImage image) {
        final ImageShape from = image.shape();
        if (from.height() == height && from.width() == width) {
            return image;
        }
        return switch (way) {
            case STRETCH -> resize(image, 0, 0, from.height(), from.width(), height, width);
            case CROP -> crop(image);
            case PAD -> pad(image);
        };
    }

    /** @return how many pixels of an edge of such an image become one; of the edges that which is shrunk most. Below 1 if all are enlarged */
    double scale(final ImageShape from) {
        final double rows = (double)from.height() / height;
        final double columns = (double)from.width() / width;
        return way == Way.CROP ? Math.min(rows, columns) : Math.max(rows, columns);
    }

    /** @return the share of such an image's area that is not cut off, 0 to 1 */
    double kept(final ImageShape from) {
        return way == Way.CROP ? keptHeight(from) * keptWidth(from) / from.planeSize() : 1;
    }

    /** @return whether at least one row or column of pixels is cut off */
    boolean cuts(final ImageShape from) {
        return way == Way.CROP && (from.height() - keptHeight(from) >= 1 || from.width() - keptWidth(from) >= 1);
    }

    private double keptHeight(final ImageShape from) {
        return Math.min(from.height(), height * scale(from));
    }

    private double keptWidth(final ImageShape from) {
        return Math.min(from.width(), width * scale(from));
    }

    private DecodedImage crop(final DecodedImage image) {
        final ImageShape from = image.shape();
        final double keptHeight = keptHeight(from);
        final double keptWidth = keptWidth(from);
        return resize(image, (from.height() - keptHeight) / 2, (from.width() - keptWidth) / 2, keptHeight, keptWidth, height, width);
    }

    private DecodedImage pad(final DecodedImage image) {
        final ImageShape from = image.shape();
        final double scale = scale(from);
        final int innerHeight = Math.max(1, Math.min(height, (int)Math.round(from.height() / scale)));
        final int innerWidth = Math.max(1, Math.min(width, (int)Math.round(from.width() / scale)));
        final DecodedImage inner = resize(image, 0, 0, from.height(), from.width(), innerHeight, innerWidth);
        final var to = new ImageShape(from.channels(), height, width);
        final var pixels = new byte[to.size()];
        final int top = (height - innerHeight) / 2;
        final int left = (width - innerWidth) / 2;
        for (int i = 0; i < pixels.length; i++) {
            final int row = Math.max(0, Math.min(innerHeight - 1, i / width % height - top));
            final int column = Math.max(0, Math.min(innerWidth - 1, i % width - left));
            pixels[i] = inner.pixels()[i / to.planeSize() * inner.shape().planeSize() + row * innerWidth + column];
        }
        return new DecodedImage(to, pixels);
    }

    /** The box of an image that begins at (top, left), resampled along the rows first, then along the columns. */
    private static DecodedImage resize(final DecodedImage image, final double top, final double left, final double boxHeight, final double boxWidth,
        final int height, final int width) {
        final ImageShape from = image.shape();
        final var columns = new Resampling(from.width(), left, boxWidth, width);
        final var rows = new Resampling(from.height(), top, boxHeight, height);
        final int first = rows.first();
        final int used = rows.end() - first;
        final var wide = new byte[from.channels() * used * width];
        for (int channel = 0; channel < from.channels(); channel++) {
            columns.resampleLines(image.pixels(), channel * from.planeSize() + first * from.width(), from.width(), used, wide, channel * used * width);
        }
        final var to = new ImageShape(from.channels(), height, width);
        final var pixels = new byte[to.size()];
        for (int channel = 0; channel < from.channels(); channel++) {
            rows.resampleRows(wide, (channel * used - first) * width, width, pixels, channel * to.planeSize());
        }
        return new DecodedImage(to, pixels);
    }
}
