package org.spectralsignatures.image;

/** The five filters of PNG's rows (https://www.w3.org/TR/png-3/#9Filter-types). */
final class PngFilter {

    private PngFilter() {
    }

    /**
     * @param row its filter, then its bytes, which become the unfiltered ones
     * @param above the unfiltered row above, or zeros
     * @param distance bytes between a sample and that of the pixel on the left
     * @throws ImageFormatException if there is no such filter
     */
    static void undo(final byte[] row, final byte[] above, final int distance) throws ImageFormatException {
        switch (row[0]) {
            case 0 -> {
                // stored as it is
            }
            case 1 -> {
                for (int i = 1 + distance; i < row.length; i++) {
                    row[i] += row[i - distance];
                }
            }
            case 2 -> {
                for (int i = 1; i < row.length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 1; i < row.length; i++) {
                    final int left = i > distance ? row[i - distance] & 0xff : 0;
                    row[i] += (byte)(left + (above[i] & 0xff) >> 1);
                }
            }
            case 4 -> {
                for (int i = 1; i < row.length; i++) {
                    final int left = i > distance ? row[i - distance] & 0xff : 0;
                    final int corner = i > distance ? above[i - distance] & 0xff : 0;
                    row[i] += (byte)paeth(left, above[i] & 0xff, corner);
                }
            }
            default -> throw new ImageFormatException(ImageFault.DAMAGED, "The PNG image is damaged: there is no filter %d.".formatted(row[0] & 0xff));
        }
    }

    /** @return whichever of the three is closest to left + above - corner */
    private static int paeth(final int left, final int above, final int corner) {
        final int fromLeft = Math.abs(above - corner);
        final int fromAbove = Math.abs(left - corner);
        final int fromCorner = Math.abs(left + above - 2 * corner);
        if (fromLeft <= fromAbove && fromLeft <= fromCorner) {
            return left;
        }
        return fromAbove <= fromCorner ? above : corner;
    }
}
