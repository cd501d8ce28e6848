package org.spectralsignatures.duplicate;

import java.util.Arrays;

/** The fingerprints of many images, 88 bytes each, and which two of them are of one picture. */
final class Fingerprints {

    /** Most bits by which the signs of two copies of a picture differ. */
    static final int SIGNS = 7;

    /** Least cosine between the spectra of two such copies; measured, see benchmarks/RESULTS.md. */
    private static final double COSINE = .97;

    /** Most bits by which the edges of two copies of a picture differ of which one has a mark. */
    static final int EDGES = 3;

    /** Least correlation of two such copies, but for the cells of an 8 x 8 grid in which they differ most: where the mark may be. */
    private static final double CORRELATION = .985;

    private static final int CELLS_OF_MARK = 4;

    private static final int SPECTRUM = 64;

    private static final int EDGE = 8;

    private static final double[][] COSINES = Fingerprint.cosines(EDGE);

    private long[] pixels = new long[256];

    private long[] signs = new long[256];

    private long[] edges = new long[256];

    private byte[] spectra = new byte[256 * SPECTRUM];

    private int size;

    void add(final Fingerprint print) {
        if (size == pixels.length) {
            pixels = Arrays.copyOf(pixels, 2 * size);
            signs = Arrays.copyOf(signs, 2 * size);
            edges = Arrays.copyOf(edges, 2 * size);
            spectra = Arrays.copyOf(spectra, Math.multiplyExact(2 * SPECTRUM, size));
        }
        pixels[size] = print.pixels();
        signs[size] = print.signs();
        edges[size] = print.edges();
        System.arraycopy(print.spectrum(), 0, spectra, size * SPECTRUM, SPECTRUM);
        size++;
    }

    int size() {
        return size;
    }

    long signs(final int image) {
        return signs[image];
    }

    long edges(final int image) {
        return edges[image];
    }

    /** @return whether an image is a plain area or very small */
    boolean isFlat(final int image) {
        return signs[image] == 0;
    }

    /** Orders images so that those with the same pixels lie side by side. */
    int compare(final int a, final int b) {
        int order = Long.compare(pixels[a], pixels[b]);
        order = order == 0 ? Long.compare(signs[a], signs[b]) : order;
        return order == 0 ? Long.compare(edges[a], edges[b]) : order;
    }

    /** @return whether two images show one picture, as it is or mirrored; neither is flat */
    boolean alike(final int a, final int b) {
        return alike(a, b, signs[b], edges[b], false) || alike(a, b, Fingerprint.mirroredSigns(signs[b]), Fingerprint.mirroredEdges(edges[b]), true);
    }

    private boolean alike(final int a, final int b, final long otherSigns, final long otherEdges, final boolean mirrored) {
        return Long.bitCount(signs[a] ^ otherSigns) <= SIGNS && cosine(a, b, mirrored) >= COSINE
            || Long.bitCount(edges[a] ^ otherEdges) <= EDGES && TrimmedCorrelation.of(thumbnail(a, false), thumbnail(b, mirrored), CELLS_OF_MARK) >= CORRELATION;
    }

    /** The picture that the frequencies make, without its mean, on a grid of 8 x 8. */
    private double[] thumbnail(final int image, final boolean mirrored) {
        final var half = new double[SPECTRUM];
        final var cells = new double[SPECTRUM];
        for (int u = 0; u < EDGE; u++) {
            for (int v = 0; v < EDGE; v++) {
                final double f = mirrored && (v & 1) == 1 ? -spectra[image * SPECTRUM + u * EDGE + v] : spectra[image * SPECTRUM + u * EDGE + v];
                for (int x = 0; x < EDGE; x++) {
                    half[u * EDGE + x] += f * COSINES[v][x];
                }
            }
        }
        for (int y = 0; y < EDGE; y++) {
            for (int u = 0; u < EDGE; u++) {
                for (int x = 0; x < EDGE; x++) {
                    cells[y * EDGE + x] += half[u * EDGE + x] * COSINES[u][y];
                }
            }
        }
        return cells;
    }

    private double cosine(final int a, final int b, final boolean mirrored) {
        final int odd = mirrored ? -1 : 1;
        int product = 0;
        int first = 0;
        int second = 0;
        for (int k = 0; k < SPECTRUM; k++) {
            final int x = spectra[a * SPECTRUM + k];
            final int y = spectra[b * SPECTRUM + k];
            product += (k & 1) == 0 ? x * y : odd * x * y;
            first += x * x;
            second += y * y;
        }
        return product / Math.sqrt((double)first * second);
    }
}
