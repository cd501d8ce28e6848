package org.spectralsignatures.scoring;

/** Arithmetic with vectors of double precision. */
public final class Vectors {

    private Vectors() {
    }

    static float[] round(final double[] x) {
        final var rounded = new float[x.length];
        for (int k = 0; k < x.length; k++) {
            rounded[k] = (float)x[k];
        }
        return rounded;
    }

    /** to += factor * x. */
    public static void add(final double[] to, final double factor, final double[] x) {
        for (int k = 0; k < x.length; k++) {
            to[k] += factor * x[k];
        }
    }

    static void subtract(final float[] x, final double[] y, final double[] difference) {
        subtract(x, 0, y, difference);
    }

    /** difference = x[offset ...] - y. */
    public static void subtract(final float[] x, final int offset, final double[] y, final double[] difference) {
        for (int k = 0; k < difference.length; k++) {
            difference[k] = x[offset + k] - y[k];
        }
    }

    /** x *= factor. */
    public static void scale(final double[] x, final double factor) {
        for (int k = 0; k < x.length; k++) {
            x[k] *= factor;
        }
    }

    /** @return |x| */
    public static double norm(final double[] x) {
        return Math.sqrt(dot(x, x));
    }

    /** @return x^T y, in a fixed order of sums */
    public static double dot(final double[] x, final double[] y) {
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
}
