package org.spectralsignatures.duplicate;

import java.util.zip.CRC32C;

import org.spectralsignatures.image.DecodedImage;

/**
 * What is kept of an image to find others that are the same or nearly: 88 bytes, whatever its size. It is made of the image as the file holds
 * it, before it is resized.
 * <p>
 * The brightness on a grid of 32 x 32 cells is transformed by a discrete cosine transform, of which the 8 x 8 lowest frequencies without the
 * mean are kept. Their signs are a perceptual hash (Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, 2010, section
 * 3.2.1, with zero in place of the median, so that a mirrored image has the same hash with the signs of its odd frequencies turned); the
 * frequencies themselves tell images apart whose hashes are alike by chance. A second hash says where brightness grows from left to right on a
 * grid of 8 x 9 cells (difference hash): it changes little where a mark covers a small part of an image, which changes all frequencies.
 *
 * @param pixels a checksum of pixels and shape
 * @param signs of the frequencies, one bit each; bit 0 is not set
 * @param edges whether a cell is brighter than its left neighbour, one bit each
 * @param spectrum the frequencies, scaled to a length of 127, {@code [64]}, row by row; the first is 0
 */
public record Fingerprint(long pixels, long signs, long edges, byte[] spectrum) { // NOSONAR never compared

    /** The frequencies that change their sign where an image is mirrored: those that are odd from left to right. */
    private static final long ODD = 0xaaaaaaaaaaaaaaaaL;

    private static final int GRID = 32;

    private static final int KEPT = 8;

    private static final double LENGTH = 127;

    /** Standard deviation of brightness below which an image is a plain area, of which all are alike. */
    private static final double LEAST_CONTRAST = 2;

    /** Pixels below which the cells of the grids are single pixels, and chance decides. */
    private static final int LEAST_EDGE = 20;

    private static final double[][] COSINES = cosines(GRID);

    /** The orthonormal cosines of the kept frequencies on a grid, {@code [8][edge]}. */
    static double[][] cosines(final int edge) {
        final var cosines = new double[KEPT][edge];
        for (int k = 0; k < KEPT; k++) {
            for (int x = 0; x < edge; x++) {
                cosines[k][x] = StrictMath.cos(Math.PI * (x + .5) * k / edge) * Math.sqrt((k == 0 ? 1. : 2.) / edge);
            }
        }
        return cosines;
    }

    /**
     * @param image any image
     * @return what is kept of it
     */
    public static Fingerprint of(final DecodedImage image) {
        final double[] means = AreaMeans.of(image, GRID);
        final double[] frequencies = frequencies(means);
        double squares = 0;
        for (double f : frequencies) {
            squares += f * f;
        }
        final double length = Math.sqrt(squares);
        final var spectrum = new byte[KEPT * KEPT];
        long signs = 0;
        if (length >= LEAST_CONTRAST * GRID && Math.min(image.shape().height(), image.shape().width()) >= LEAST_EDGE) {
            for (int k = 1; k < frequencies.length; k++) {
                spectrum[k] = (byte)Math.round(LENGTH * frequencies[k] / length);
                signs |= frequencies[k] > 0 ? 1L << k : 0;
            }
        }
        return new Fingerprint(checksum(image), signs, edges(means), spectrum);
    }

    /** The lowest frequencies of a grid, of which the mean is 0. Cosines are even or odd about the middle, which saves half of the work. */
    private static double[] frequencies(final double[] means) {
        final var half = new double[KEPT][GRID];
        final var even = new double[GRID];
        final var odd = new double[GRID];
        for (int y = 0; y < GRID / 2; y++) {
            final int mirror = (GRID - 1 - y) * GRID;
            for (int x = 0; x < GRID; x++) {
                even[x] = means[y * GRID + x] + means[mirror + x];
                odd[x] = means[y * GRID + x] - means[mirror + x];
            }
            for (int u = 0; u < KEPT; u++) {
                add(COSINES[u][y], (u & 1) == 0 ? even : odd, half[u]);
            }
        }
        final var frequencies = new double[KEPT * KEPT];
        for (int u = 0; u < KEPT; u++) {
            for (int v = 0; v < KEPT; v++) {
                frequencies[u * KEPT + v] = product(half[u], COSINES[v], (v & 1) == 0 ? 1 : -1);
            }
        }
        frequencies[0] = 0;
        return frequencies;
    }

    private static void add(final double factor, final double[] line, final double[] sums) {
        for (int x = 0; x < GRID; x++) {
            sums[x] += factor * line[x];
        }
    }

    private static double product(final double[] line, final double[] cosines, final int sign) {
        double sum = 0;
        for (int x = 0; x < GRID / 2; x++) {
            sum += (line[x] + sign * line[GRID - 1 - x]) * cosines[x];
        }
        return sum;
    }

    private static long edges(final double[] means) {
        final var line = new double[GRID];
        final var cells = new double[KEPT + 1];
        final int rows = GRID / KEPT;
        long edges = 0;
        for (int r = 0; r < KEPT; r++) {
            for (int x = 0; x < GRID; x++) {
                line[x] = 0;
                for (int y = 0; y < rows; y++) {
                    line[x] += means[(r * rows + y) * GRID + x];
                }
            }
            AreaMeans.means(line, cells);
            for (int c = 0; c < KEPT; c++) {
                edges |= cells[c + 1] > cells[c] ? 1L << (r * KEPT + c) : 0;
            }
        }
        return edges;
    }

    /** One of 32 bits and the shape: the hashes have to be equal as well for two images to count as the same. */
    private static long checksum(final DecodedImage image) {
        final var checksum = new CRC32C();
        checksum.update(image.pixels(), 0, image.pixels().length);
        return checksum.getValue() << Integer.SIZE | Integer.toUnsignedLong(31 * image.shape().height() + image.shape().width());
    }

    /** @return whether the image is a plain area or very small, and not compared but by its pixels */
    boolean isFlat() {
        return signs == 0;
    }

    /** @return the signs of a mirrored image */
    static long mirroredSigns(final long signs) {
        return signs ^ ODD;
    }

    /** @return the edges of a mirrored image */
    static long mirroredEdges(final long edges) {
        return ~Long.reverseBytes(Long.reverse(edges));
    }
}
