package org.spectralsignatures.image.vp8;

import org.spectralsignatures.image.ImageFormatException;

/** What the beginning of a lossy WebP picture says: segments, loop filter, quantisers and probabilities of the coefficients (RFC 6386, section 9). */
final class Vp8Header {

    static final int SEGMENTS = 4;

    private static final int MOST_INDEX = 127;

    private static final int MOST_CHROMA_DC_INDEX = 117;

    /** Types of coefficients: luma without DC, DC of luma, chroma, luma with DC. */
    private static final int PROBABILITIES = Vp8Tables.COEFFICIENTS.length;

    final boolean hasSegments;

    final boolean hasSegmentMap;

    final boolean isSimpleFilter;

    final int filterLevel;

    final int sharpness;

    final boolean hasSkips;

    final int skipProbability;

    /** Of the tree that tells a block's segment. */
    final int[] segmentProbabilities = {255, 255, 255};

    final int[] coefficients = Vp8Tables.COEFFICIENTS.clone();

    /** Steps of each segment: DC and AC of luma, of the DC of luma, of chroma. */
    final int[][] steps = new int[SEGMENTS][6];

    final Vp8Bits[] partitions;

    private boolean isAbsolute = true;

    private final int[] segmentQuantisers = new int[SEGMENTS];

    private final int[] segmentFilters = new int[SEGMENTS];

    private boolean hasFilterDeltas;

    private int intraDelta;

    private int smallBlocksDelta;

    /**
     * @param in the first partition
     * @param file the whole file
     * @param start where the further partitions begin, with their lengths
     * @param end where the picture ends
     */
    Vp8Header(final Vp8Bits in, final byte[] file, final int start, final int end) throws ImageFormatException {
        in.number(2); // colour space and clamping, which WebP does not use
        hasSegments = in.bit();
        hasSegmentMap = hasSegments && segments(in);
        isSimpleFilter = in.bit();
        filterLevel = in.number(6);
        sharpness = in.number(3);
        filterDeltas(in);
        partitions = partitions(in, file, start, end);
        quantisers(in);
        in.bit(); // probabilities are kept for no further picture
        for (int i = 0; i < PROBABILITIES; i++) {
            if (in.bit(Vp8Tables.COEFFICIENT_UPDATES[i])) {
                coefficients[i] = in.number(8);
            }
        }
        hasSkips = in.bit();
        skipProbability = hasSkips ? in.number(8) : 0;
    }

    private boolean segments(final Vp8Bits in) throws ImageFormatException {
        final boolean hasMap = in.bit();
        if (in.bit()) {
            isAbsolute = in.bit();
            for (int i = 0; i < SEGMENTS; i++) {
                segmentQuantisers[i] = in.optional(7);
            }
            for (int i = 0; i < SEGMENTS; i++) {
                segmentFilters[i] = in.optional(6);
            }
        }
        for (int i = 0; hasMap && i < segmentProbabilities.length; i++) {
            segmentProbabilities[i] = in.bit() ? in.number(8) : 255;
        }
        return hasMap;
    }

    private void filterDeltas(final Vp8Bits in) throws ImageFormatException {
        hasFilterDeltas = in.bit();
        if (hasFilterDeltas && in.bit()) {
            final int[] deltas = new int[8];
            for (int i = 0; i < deltas.length; i++) {
                deltas[i] = in.optional(6);
            }
            intraDelta = deltas[0];
            smallBlocksDelta = deltas[4];
        }
    }

    private static Vp8Bits[] partitions(final Vp8Bits in, final byte[] file, final int start, final int end) throws ImageFormatException {
        final var partitions = new Vp8Bits[1 << in.number(2)];
        int at = start + 3 * (partitions.length - 1);
        for (int i = 0; i < partitions.length; i++) {
            int next = end;
            if (i < partitions.length - 1 && at <= end) {
                next = at + Vp8Bits.u24(file, start + 3 * i);
            }
            if (next > end || at >= next) {
                throw WebpFault.cutOff("a partition of its pixels is missing");
            }
            partitions[i] = new Vp8Bits(file, at, next);
            at = next;
        }
        return partitions;
    }

    private void quantisers(final Vp8Bits in) throws ImageFormatException {
        final int base = in.number(7);
        final int lumaDc = in.optional(4);
        final int secondDc = in.optional(4);
        final int secondAc = in.optional(4);
        final int chromaDc = in.optional(4);
        final int chromaAc = in.optional(4);
        for (int i = 0; i < SEGMENTS; i++) {
            final int index = hasSegments ? segmentQuantisers[i] + (isAbsolute ? 0 : base) : base;
            steps[i] = new int[]{step(Vp8Tables.DC_STEPS, index + lumaDc), step(Vp8Tables.AC_STEPS, index), 2 * step(Vp8Tables.DC_STEPS, index + secondDc),
                Math.max(8, step(Vp8Tables.AC_STEPS, index + secondAc) * 155 / 100),
                Vp8Tables.DC_STEPS[Math.max(0, Math.min(MOST_CHROMA_DC_INDEX, index + chromaDc))], step(Vp8Tables.AC_STEPS, index + chromaAc)};
        }
    }

    private static int step(final int[] steps, final int index) {
        return steps[Math.max(0, Math.min(MOST_INDEX, index))];
    }

    /**
     * @param segment of a block
     * @param isInSmallBlocks whether it is predicted in blocks of 4 x 4
     * @return how strongly its edges are filtered, 0 to 63
     */
    int filterLevel(final int segment, final boolean isInSmallBlocks) {
        int level = hasSegments ? segmentFilters[segment] + (isAbsolute ? 0 : filterLevel) : filterLevel;
        if (hasFilterDeltas) {
            level += intraDelta + (isInSmallBlocks ? smallBlocksDelta : 0);
        }
        return Math.max(0, Math.min(63, level));
    }
}
