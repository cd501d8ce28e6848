package org.spectralsignatures.clustering;

/** Squared Euclidean distances. */
final class Distance {

    private static final int LANES = 4;

    /** Values after which it is looked whether the distance is too large already. */
    private static final int STRETCH = 128;

    private Distance() {
    }

    /**
     * @param row {@code [d]}
     * @param centre {@code [d]}
     * @param enough what need not be exceeded
     * @return their squared distance, or something larger than {@code enough} where that is larger
     */
    static double squared(final float[] row, final double[] centre, final double enough) {
        double sum = 0;
        for (int start = 0; start < row.length && sum <= enough; start += STRETCH) {
            sum += stretch(row, centre, start, Math.min(row.length, start + STRETCH));
        }
        return sum;
    }

    /** In four sums, which the processor adds up side by side. */
    private static double stretch(final float[] row, final double[] centre, final int from, final int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double e = 0;
        int i = from;
        for (; i + LANES <= to; i += LANES) {
            final double p = row[i] - centre[i];
            final double q = row[i + 1] - centre[i + 1];
            final double r = row[i + 2] - centre[i + 2];
            final double s = row[i + 3] - centre[i + 3];
            a += p * p;
            b += q * q;
            c += r * r;
            e += s * s;
        }
        for (; i < to; i++) {
            final double p = row[i] - centre[i];
            a += p * p;
        }
        return a + b + (c + e);
    }
}
