package org.spectralsignatures.scoring;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * Mean and covariance of some points in the first k coordinates, the covariance by its eigenvalues and eigenvectors.
 */
final class Moments {

    /** Eigenvalues below this share of the largest are raised to it, so that degenerate points can be whitened. */
    private static final double FLOOR = 1e-12;

    private static final int ROWS_PER_CHECK = 1 << 10;

    private final double[] mean;

    private final double[] variances;

    private final double[][] axes;

    /**
     * @param points each of at least k coordinates
     * @param rows which of them count, at least one
     * @param k number of coordinates that count
     * @param matrix asked every so many rows whether to go on
     */
    Moments(final double[][] points, final int[] rows, final int k, final ClassMatrix matrix) throws TaskCancelledException {
        mean = new double[k];
        for (int row : rows) {
            for (int a = 0; a < k; a++) {
                mean[a] += points[row][a] / rows.length;
            }
        }
        final var covariance = new double[k][k];
        final var x = new double[k];
        int done = 0;
        for (int row : rows) {
            if (done++ % ROWS_PER_CHECK == 0) {
                matrix.checkCancelled();
            }
            for (int a = 0; a < k; a++) {
                x[a] = points[row][a] - mean[a];
            }
            for (int a = 0; a < k; a++) {
                final double[] to = covariance[a];
                for (int b = 0; b <= a; b++) {
                    to[b] += x[a] * x[b];
                }
            }
        }
        for (int a = 0; a < k; a++) {
            for (int b = 0; b <= a; b++) {
                covariance[a][b] /= rows.length;
                covariance[b][a] = covariance[a][b];
            }
        }
        final var decomposition = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
        variances = decomposition.getRealEigenvalues();
        axes = new double[k][];
        final double floor = Math.max(Double.MIN_NORMAL, FLOOR * variances[0]);
        for (int j = 0; j < k; j++) {
            variances[j] = Math.max(floor, variances[j]);
            axes[j] = decomposition.getEigenvector(j).toArray();
        }
    }

    /** @return a point on the axes of the covariance, each coordinate divided by its deviation: uncorrelated, of variance 1 */
    double[] whiten(final double[] point) {
        final var result = new double[mean.length];
        for (int j = 0; j < result.length; j++) {
            double sum = 0;
            for (int a = 0; a < mean.length; a++) {
                sum += axes[j][a] * (point[a] - mean[a]);
            }
            result[j] = sum / Math.sqrt(variances[j]);
        }
        return result;
    }

    /** @return the Mahalanobis distance of a point, squared */
    double squaredDistance(final double[] point) {
        final double[] white = whiten(point);
        return Vectors.dot(white, white);
    }

    /** @return logarithm of the covariance's determinant */
    double logDeterminant() {
        double sum = 0;
        for (double variance : variances) {
            sum += Math.log(variance);
        }
        return sum;
    }

    /** @return variances along the axes, descending */
    double[] variances() {
        return variances;
    }

    /** @return unit vectors, in the order of the variances */
    double[][] axes() {
        return axes;
    }
}
