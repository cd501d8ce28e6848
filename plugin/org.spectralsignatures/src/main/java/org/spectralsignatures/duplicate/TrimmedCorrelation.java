package org.spectralsignatures.duplicate;

import java.util.Arrays;

/**
 * The correlation of two small pictures but for the few cells in which they differ most: near 1 where the one is the other with a mark on a small
 * part, whatever their brightness and contrast. Least trimmed squares, by steps that keep the cells with the smallest residuals (Rousseeuw).
 */
final class TrimmedCorrelation {

    private static final int STEPS = 2;

    private final double[] first;

    private final double[] second;

    private final boolean[] kept;

    private double firstMean;

    private double secondMean;

    private double products;

    private double firstSquares;

    private double secondSquares;

    private TrimmedCorrelation(final double[] first, final double[] second) {
        this.first = first;
        this.second = second;
        kept = new boolean[first.length];
        Arrays.fill(kept, true);
    }

    /**
     * @param first cells of a picture
     * @param second the same cells of another
     * @param dropped number of cells that may differ
     * @return their correlation over the others, -1 to 1; NaN if one of them is plain there
     */
    static double of(final double[] first, final double[] second, final int dropped) {
        final var correlation = new TrimmedCorrelation(first, second);
        correlation.fit();
        for (int step = 0; step < STEPS; step++) {
            correlation.trim(dropped);
            correlation.fit();
        }
        return correlation.products / Math.sqrt(correlation.firstSquares * correlation.secondSquares);
    }

    private void fit() {
        firstMean = mean(first);
        secondMean = mean(second);
        products = 0;
        firstSquares = 0;
        secondSquares = 0;
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                final double x = first[i] - firstMean;
                final double y = second[i] - secondMean;
                products += x * y;
                firstSquares += x * x;
                secondSquares += y * y;
            }
        }
    }

    private double mean(final double[] cells) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                sum += cells[i];
                count++;
            }
        }
        return sum / count;
    }

    /** Keeps the cells whose values in the second picture are nearest to those that the first one lets expect. */
    private void trim(final int dropped) {
        final double slope = firstSquares == 0 ? 0 : products / firstSquares;
        final var residuals = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            residuals[i] = Math.abs(second[i] - secondMean - slope * (first[i] - firstMean));
        }
        final double[] ascending = residuals.clone();
        Arrays.sort(ascending);
        final double largest = ascending[ascending.length - 1 - dropped];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = residuals[i] <= largest;
        }
    }
}
