package org.spectralsignatures.removal;

/** A Gaussian kernel density estimate on an even grid, with Silverman's bandwidth. */
final class Density {

    private static final int BINS = 4096;

    /** Kernel widths beyond which a value no longer counts. */
    private static final double REACH = 4;

    private final double start;

    private final double step;

    private final double[] values;

    /** @param ascending a sample with at least two different values */
    Density(final double[] ascending) {
        final int n = ascending.length;
        start = ascending[0];
        step = (ascending[n - 1] - start) / (BINS - 1);
        final var counts = new double[BINS];
        for (double x : ascending) {
            counts[(int)Math.round((x - start) / step)]++;
        }
        final double bandwidth = Math.max(bandwidth(ascending), step / 2);
        final int reach = (int)Math.min(BINS, Math.ceil(REACH * bandwidth / step));
        final var kernel = new double[reach + 1];
        for (int k = 0; k <= reach; k++) {
            final double z = k * step / bandwidth;
            kernel[k] = Math.exp(-z * z / 2) / (Math.sqrt(2 * Math.PI) * bandwidth * n);
        }
        values = new double[BINS];
        for (int b = 0; b < BINS; b++) {
            if (counts[b] > 0) {
                for (int g = Math.max(0, b - reach); g <= Math.min(BINS - 1, b + reach); g++) {
                    values[g] += counts[b] * kernel[Math.abs(g - b)];
                }
            }
        }
    }

    /** .9 min(deviation, interquartile range / 1.34) n^(-1/5) (Silverman 1986, 3.31). */
    private static double bandwidth(final double[] ascending) {
        final int n = ascending.length;
        double mean = 0;
        for (double x : ascending) {
            mean += x / n;
        }
        double variance = 0;
        for (double x : ascending) {
            variance += (x - mean) * (x - mean) / n;
        }
        final double range = (ascending[3 * n / 4] - ascending[n / 4]) / 1.34;
        final double deviation = Math.sqrt(variance);
        return .9 * (range > 0 ? Math.min(deviation, range) : deviation) * Math.pow(n, -.2);
    }

    /**
     * @param from the least value that may be taken
     * @return the valley with the most mass above its level on its right, NaN if there is none
     */
    double deepestValley(final double from) {
        double best = Double.NaN;
        double largest = 0;
        for (int g = Math.max(1, (int)Math.ceil((from - start) / step)); g < BINS - 1; g++) {
            if (values[g] <= values[g - 1] && values[g] <= values[g + 1]) {
                double mass = 0;
                for (int right = g + 1; right < BINS; right++) {
                    mass += Math.max(0, values[right] - values[g]) * step;
                }
                if (mass > largest) {
                    largest = mass;
                    best = start + g * step;
                }
            }
        }
        return best;
    }
}
