package org.spectralsignatures.image;

/**
 * A rectangle of pixels.
 *
 * @param row of its upper edge, 0 at the top
 * @param column of its left edge, 0 at the left
 * @param height rows of pixels
 * @param width columns of pixels
 */
public record ImageRegion(int row, int column, int height, int width) {

    /** @throws IllegalArgumentException if it has no pixels or begins outside of any image */
    public ImageRegion {
        if (row < 0 || column < 0 || height < 1 || width < 1) {
            throw new IllegalArgumentException("A region of %d x %d pixels at row %d, column %d is none.".formatted(width, height, row, column));
        }
    }

    /** @return whether all its pixels are in an image */
    public boolean isWithin(final ImageShape image) {
        return row + height <= image.height() && column + width <= image.width();
    }

    /**
     * @param edge length of the edges of a square, in pixels
     * @param image the shape of the images
     * @return the region with what lies around it: a square of that edge, or of the region's longer one, moved and cut so that it is within
     *         the image
     */
    public ImageRegion square(final int edge, final ImageShape image) {
        final int side = Math.max(edge, Math.max(height, width));
        final int rows = Math.min(side, image.height());
        final int columns = Math.min(side, image.width());
        return new ImageRegion(start(row, height, rows, image.height()), start(column, width, columns, image.width()), rows, columns);
    }

    private static int start(final int from, final int length, final int side, final int end) {
        return Math.max(0, Math.min(from - (side - length) / 2, end - side));
    }

    /** @return for example {@code region of 3 x 3 pixels at row 10, column 15} */
    @Override
    public String toString() {
        return "region of %d x %d pixels at row %d, column %d".formatted(width, height, row, column);
    }
}
