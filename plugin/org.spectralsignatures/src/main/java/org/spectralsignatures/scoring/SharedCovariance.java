package org.spectralsignatures.scoring;

import java.util.Arrays;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * The model {@code x = mu_c + e} of the points of all classes: what a point has from its class, of covariance S_mu over the classes, and
 * what is its own, of a covariance S_e that all classes share. Both are estimated by turns, as in SCAn: the means of the classes given
 * the covariances, {@code mu_c = S_mu (S_mu + S_e / n_c)^-1 m_c} of the observed means m_c, and the covariances given the means.
 */
final class SharedCovariance {

    private static final int ROUNDS = 50;

    private static final double CONVERGED = 1e-8;

    /** Added to the diagonal of S_e, as a share of the mean variance, so that degenerate points have an inverse too. */
    private static final double RIDGE = 1e-9;

    private static final int ROWS_PER_CHECK = 1 << 10;

    /** Columns are the axes of S_e, each divided by the deviation along it. */
    private final double[][] whitening;

    /**
     * @param points {@code [n, k]}
     * @param rows of each class
     * @param monitor asked every so many rows
     */
    SharedCovariance(final double[][] points, final int[][] rows, final TaskMonitor monitor) throws TaskCancelledException {
        final int[][] classes = Arrays.stream(rows).filter(r -> r.length > 0).toArray(int[][]::new);
        final double[][] means = Arrays.stream(classes).map(r -> mean(points, r)).toArray(double[][]::new);
        final double[] grand = mean(points, Arrays.stream(classes).flatMapToInt(Arrays::stream).toArray());
        final RealMatrix within = within(points, classes, means, monitor);
        for (double[] mean : means) {
            Vectors.add(mean, -1, grand);
        }
        final var decomposition = new EigenDecomposition(estimate(within, means, Arrays.stream(classes).mapToInt(r -> r.length).toArray(), points.length));
        whitening = new double[grand.length][];
        for (int j = 0; j < whitening.length; j++) {
            whitening[j] = decomposition.getEigenvector(j).toArray();
            Vectors.scale(whitening[j], 1 / Math.sqrt(decomposition.getRealEigenvalue(j)));
        }
    }

    /** @return a point in coordinates in which S_e is the identity */
    double[] whiten(final double[] point) {
        return Arrays.stream(whitening).mapToDouble(axis -> Vectors.dot(axis, point)).toArray();
    }

    static double[] mean(final double[][] points, final int[] rows) {
        final var mean = new double[points[0].length];
        for (int row : rows) {
            Vectors.add(mean, 1, points[row]);
        }
        Vectors.scale(mean, 1. / rows.length);
        return mean;
    }

    /** Sum over all points of (x - m_c)(x - m_c)^T. */
    private static RealMatrix within(final double[][] points, final int[][] classes, final double[][] means, final TaskMonitor monitor)
        throws TaskCancelledException {
        final int k = means[0].length;
        final var sums = new double[k][k];
        for (int c = 0; c < classes.length; c++) {
            for (int i = 0; i < classes[c].length; i++) {
                if (i % ROWS_PER_CHECK == 0) {
                    monitor.checkCancelled();
                }
                final double[] x = points[classes[c][i]].clone();
                Vectors.add(x, -1, means[c]);
                for (int a = 0; a < k; a++) {
                    Vectors.add(sums[a], x[a], x);
                }
            }
        }
        return new Array2DRowRealMatrix(sums, false);
    }

    /** @return S_e */
    private static RealMatrix estimate(final RealMatrix within, final double[][] means, final int[] sizes, final int n) {
        final double ridge = Math.max(Double.MIN_NORMAL, RIDGE * (within.getTrace() + squares(means, sizes)) / n / means[0].length);
        RealMatrix own = ridged(within.scalarMultiply(1. / n), ridge);
        RealMatrix ofClass = outer(means, null);
        for (int round = 0; round < ROUNDS; round++) {
            final var estimated = new double[means.length][];
            final var rest = new double[means.length][];
            for (int c = 0; c < means.length; c++) {
                final RealMatrix ofMean = ofClass.add(own.scalarMultiply(1. / sizes[c]));
                final RealVector solved = new CholeskyDecomposition(ofMean, 1e-6, Double.MIN_VALUE).getSolver()
                    .solve(new Array2DRowRealMatrix(means[c])).getColumnVector(0);
                estimated[c] = ofClass.operate(solved).toArray();
                rest[c] = means[c].clone();
                Vectors.add(rest[c], -1, estimated[c]);
            }
            ofClass = outer(estimated, null);
            final RealMatrix next = ridged(within.add(outer(rest, sizes)).scalarMultiply(1. / n), ridge);
            final boolean converged = next.subtract(own).getFrobeniusNorm() <= CONVERGED * own.getFrobeniusNorm();
            own = next;
            if (converged) {
                break;
            }
        }
        return own;
    }

    private static double squares(final double[][] means, final int[] sizes) {
        double sum = 0;
        for (int c = 0; c < means.length; c++) {
            sum += sizes[c] * Vectors.dot(means[c], means[c]);
        }
        return sum;
    }

    private static RealMatrix ridged(final RealMatrix matrix, final double ridge) {
        for (int a = 0; a < matrix.getRowDimension(); a++) {
            matrix.addToEntry(a, a, ridge);
        }
        return matrix;
    }

    /** @param sizes weights; null for the mean over the vectors */
    private static RealMatrix outer(final double[][] vectors, final int[] sizes) {
        final int k = vectors[0].length;
        final var sums = new double[k][k];
        for (int c = 0; c < vectors.length; c++) {
            final double weight = sizes == null ? 1. / vectors.length : sizes[c];
            for (int a = 0; a < k; a++) {
                Vectors.add(sums[a], weight * vectors[c][a], vectors[c]);
            }
        }
        return new Array2DRowRealMatrix(sums, false);
    }
}
