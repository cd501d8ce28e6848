package org.spectralsignatures.scoring;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * SPECTRE (Hayase, Kong, Somani and Oh 2021). In the space of the k leading principal components the clean rows' mean and
 * covariance are estimated robustly and all rows whitened by them; with Sigma' the covariance of the whitened rows y, the score
 * is the quantum entropy (QUE) score {@code y^T Q y / tr(Q)}, {@code Q = exp(alpha (Sigma' - I) / (|Sigma'| - 1))}. Of ten
 * numbers of components, 1 to the most allowed, that one is taken for which the rows left after removing the top
 * 1.5 epsilon n make all rows stand out most, measured by tr(Sigma' Q) / tr(Q). Where the published code estimates the
 * covariance by iterative filtering (Diakonikolas et al. 2017), this one takes the minimum covariance determinant.
 */
record QueScore(int directions, double epsilon) implements ClassScore {

    private static final double ALPHA = 4;

    /** Of the assumed poison, how much is kept out of the robust estimate, and removed to judge a number of components. */
    private static final double KEPT_OUT = 2;

    private static final double REMOVED = 1.5;

    private static final int CANDIDATES = 10;

    /** Rows a component, so that its variance can be estimated. */
    private static final int ROWS_PER_COMPONENT = 5;

    @Override
    public int certainDirections() {
        return 0;
    }

    @Override
    public double[] scores(final ClassMatrix matrix, final SingularVectors found) throws TaskCancelledException {
        final double[][] points = found.coordinates();
        final int n = points.length;
        final int most = Math.min(points[0].length, n / ROWS_PER_COMPONENT);
        if (most < 1) {
            return new double[n]; // too few rows to say what is usual
        }
        final int[] all = IntStream.range(0, n).toArray();
        double[] best = null;
        double largest = Double.NEGATIVE_INFINITY;
        for (int k : candidates(most)) {
            matrix.checkCancelled();
            final double[] scores = scores(matrix, points, all, k);
            final int[] kept = lowest(scores, n - (int)Math.round(REMOVED * epsilon * n));
            final double quality = new Que(points, all, new Moments(points, kept, most, matrix), matrix).mean();
            if (quality > largest) {
                largest = quality;
                best = scores;
            }
        }
        return best;
    }

    /** Squares of equally spaced numbers: denser where they are small. */
    private static int[] candidates(final int most) {
        return IntStream.range(0, CANDIDATES)
            .map(i -> (int)Math.round(Math.pow(1 + (Math.sqrt(most) - 1) * i / (CANDIDATES - 1), 2))).distinct().toArray();
    }

    private double[] scores(final ClassMatrix matrix, final double[][] points, final int[] all, final int k) throws TaskCancelledException {
        if (k == 1) {
            return Arrays.stream(points).mapToDouble(p -> p[0] * p[0]).toArray();
        }
        final int size = Math.max(all.length - (int)Math.round(KEPT_OUT * epsilon * all.length), all.length / 2 + 1);
        return new Que(points, all, new Moments(points, RobustSubset.of(points, k, size, matrix), k, matrix), matrix).scores();
    }

    private static int[] lowest(final double[] scores, final int count) {
        return IntStream.range(0, scores.length).boxed().sorted((a, b) -> Double.compare(scores[a], scores[b])).limit(count)
            .mapToInt(Integer::intValue).toArray();
    }

    /** Scores of all rows, whitened by the moments of some. */
    private static final class Que {

        private final double[][] white;

        private final double[][] axes;

        private final double[] weights;

        private final double[] variances;

        Que(final double[][] points, final int[] all, final Moments moments, final ClassMatrix matrix) throws TaskCancelledException {
            white = Arrays.stream(points).map(moments::whiten).toArray(double[][]::new);
            final var spread = new Moments(white, all, white[0].length, matrix);
            axes = spread.axes();
            variances = spread.variances();
            weights = new double[variances.length];
            double trace = 0;
            for (int j = 0; j < weights.length; j++) {
                final double excess = variances[0] - 1;
                // the largest exponent is alpha itself
                weights[j] = excess <= 0 ? 1 : Math.exp(ALPHA * (variances[j] - 1) / excess);
                trace += weights[j];
            }
            Vectors.scale(weights, 1 / trace);
        }

        double[] scores() {
            final var scores = new double[white.length];
            for (int i = 0; i < scores.length; i++) {
                for (int j = 0; j < weights.length; j++) {
                    final double projection = Vectors.dot(axes[j], white[i]);
                    scores[i] += weights[j] * projection * projection;
                }
            }
            return scores;
        }

        /** @return tr(Sigma' Q) / tr(Q) */
        double mean() {
            return Vectors.dot(variances, weights);
        }
    }
}
