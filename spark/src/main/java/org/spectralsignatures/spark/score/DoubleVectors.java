package org.spectralsignatures.spark.score;

/** Arithmetic with vectors of double precision. */
final class DoubleVectors {

    private DoubleVectors() {
    }

    /** to += factor * x. */
    static void add(final double[] to, final double factor, final double[] x) {
        for (int k = 0; k < x.length; k++) {
            to[k] += factor * x[k];
        }
    }

    static void scale(final double[] x, final double factor) {
        for (int k = 0; k < x.length; k++) {
            x[k] *= factor;
        }
    }

    static double norm(final double[] x) {
        return Math.sqrt(dot(x, x));
    }

    static double dot(final double[] x, final double[] y) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int k = 0;
        for (; k + 3 < x.length; k += 4) { // four sums side by side, which the processor can work on at once
            a += x[k] * y[k];
            b += x[k + 1] * y[k + 1];
            c += x[k + 2] * y[k + 2];
            d += x[k + 3] * y[k + 3];
        }
        for (; k < x.length; k++) {
            a += x[k] * y[k];
        }
        return a + b + (c + d);
    }

    /** difference = values[offset ...] - mean. */
    static void centre(final float[] values, final int offset, final double[] mean, final double[] difference) {
        for (int k = 0; k < difference.length; k++) {
            difference[k] = values[offset + k] - mean[k];
        }
    }
}
