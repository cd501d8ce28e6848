package org.spectralsignatures.spark.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * A block Lanczos process on M^T M of one class with full reorthogonalisation (Golub and Van Loan, Matrix Computations, 10.3), with the library's
 * stopping rule in double precision. It is asked for vectors and told their products, so that many of them share a pass over the rows.
 */
final class LanczosProcess {

    /** Bound on the sine of the angle between a wanted vector and the true one (Davis and Kahan: residual over gap). */
    private static final double ANGLE = 1e-8;

    /** Residual, as a share of the largest eigenvalue, below which no more can be had. */
    private static final double ROUNDING = 1e-13;

    /** Such a residual of values whose vectors do not matter. */
    private static final double VALUE = 1e-4;

    /** Vectors of a process, as in the library: a class whose directions are found no better by then is done all the same, and says so. */
    static final int MAX_BASIS = 300;

    private static final double GROWTH_PER_TEST = 1.05;

    private final int vectors;

    private final int values;

    private final int limit;

    private final double negligible;

    private final List<double[]> basis = new ArrayList<>();

    /** The columns of the matrix that M^T M is in the basis. */
    private final List<double[]> projected = new ArrayList<>();

    private double[][] block;

    private EigenDecomposition ritz;

    private double[] residuals = new double[0];

    private int nextTest;

    private int passes;

    /**
     * @param moments of a class with some variance
     * @param vectors number of vectors wanted
     * @param values number of singular values wanted, at least as many
     */
    LanczosProcess(final ClassMoments moments, final int vectors, final int values) {
        this.vectors = vectors;
        this.values = values;
        limit = (int)Math.min(Math.max(MAX_BASIS, 4 * values), Math.min(moments.rows(), moments.mean().length));
        negligible = ROUNDING * moments.squaredNorm() / 10;
        final double[][] start = moments.start();
        block = orthonormal(start, 0, limit, new double[start.length][]);
    }

    /** @return vectors of unit length to be multiplied by M^T M, each of length d; none when it is done */
    double[][] block() {
        return block;
    }

    boolean done() {
        return block.length == 0;
    }

    /** @param products M^T M times each vector of the block; they are overwritten */
    void accept(final double[][] products) {
        passes++;
        final int first = basis.size();
        basis.addAll(Arrays.asList(block));
        for (double[] w : products) {
            projected.add(basis.stream().mapToDouble(q -> DoubleVectors.dot(q, w)).toArray());
        }
        final var factors = new double[products.length][];
        block = orthonormal(products, negligible, limit - basis.size(), factors);
        if (basis.size() >= nextTest || block.length == 0) {
            ritz = decompose();
            residuals = new double[Math.min(values, basis.size())];
            for (int j = 0; j < residuals.length; j++) {
                residuals[j] = residual(ritz.getEigenvector(j).toArray(), factors, first);
            }
            if (converged()) {
                block = new double[0][];
            }
            nextTest = (int)(GROWTH_PER_TEST * basis.size());
        }
    }

    /** The projected matrix is symmetric; of each pair of entries the one that was computed later counts. */
    private EigenDecomposition decompose() {
        final int m = basis.size();
        final var t = new double[m][m];
        for (int column = 0; column < m; column++) {
            final double[] known = projected.get(column);
            for (int row = 0; row < known.length; row++) {
                t[row][column] = known[row];
                t[column][row] = known[row];
            }
        }
        return new EigenDecomposition(new Array2DRowRealMatrix(t, false));
    }

    /**
     * Makes vectors orthogonal to the basis and each other, dropping what depends on the rest (Gram and Schmidt, twice).
     *
     * @param factors receives for each vector its coefficients in the returned ones, and in the last entry the length of what was dropped
     */
    private double[][] orthonormal(final double[][] candidates, final double smallest, final int room, final double[][] factors) {
        final var result = new ArrayList<double[]>();
        for (int v = 0; v < candidates.length; v++) {
            final double[] w = candidates[v];
            final var coefficients = new double[candidates.length + 1];
            final double before = DoubleVectors.norm(w);
            for (int round = 0; round < 2; round++) {
                for (double[] q : basis) {
                    DoubleVectors.add(w, -DoubleVectors.dot(w, q), q);
                }
                for (int r = 0; r < result.size(); r++) {
                    final double overlap = DoubleVectors.dot(w, result.get(r));
                    coefficients[r] += overlap;
                    DoubleVectors.add(w, -overlap, result.get(r));
                }
            }
            final double length = DoubleVectors.norm(w);
            if (length > Math.max(smallest, 1e-13 * before) && result.size() < room) {
                DoubleVectors.scale(w, 1 / length);
                coefficients[result.size()] = length;
                result.add(w);
            } else {
                coefficients[candidates.length] = length;
            }
            factors[v] = coefficients;
        }
        return result.toArray(double[][]::new);
    }

    private boolean converged() {
        if (basis.size() <= values) {
            return false;
        }
        for (int j = 0; j < values; j++) {
            final double share = residuals[j] / eigenvalue(0);
            if (j < vectors ? share > ROUNDING && residuals[j] > ANGLE * gap(j) : share > VALUE) {
                return false;
            }
        }
        return true;
    }

    /** |M^T M v - lambda v| of a Ritz vector v: what the last block's products have outside the basis. */
    private static double residual(final double[] eigenvector, final double[][] factors, final int first) {
        final var rest = new double[factors.length + 1];
        for (int b = 0; b < factors.length; b++) {
            DoubleVectors.add(rest, eigenvector[first + b], factors[b]);
        }
        return DoubleVectors.norm(rest);
    }

    private double gap(final int index) {
        final double below = eigenvalue(index) - eigenvalue(index + 1);
        return index == 0 ? below : Math.min(below, eigenvalue(index - 1) - eigenvalue(index));
    }

    /** @return passes over the rows */
    int passes() {
        return passes;
    }

    /** @return vectors that it holds, each of length d */
    int size() {
        return basis.size() + block.length;
    }

    /** @return an estimate of an eigenvalue of M^T M, descending; 0 beyond those found */
    double eigenvalue(final int index) {
        return index < basis.size() ? Math.max(0, ritz.getRealEigenvalue(index)) : 0;
    }

    /** @return the largest bound on the sine of the angle of a vector to the true one, at most 1, of the first so many */
    double angle(final int count) {
        double largest = 0;
        for (int j = 0; j < count; j++) {
            largest = Math.max(largest, Math.min(1, residuals[j] / Math.max(Double.MIN_NORMAL, gap(j))));
        }
        return largest;
    }

    /** @return the vector of an eigenvalue, of length 1, the entry of largest magnitude positive */
    double[] vector(final int index) {
        final double[] weights = ritz.getEigenvector(index).toArray();
        final var sum = new double[basis.get(0).length];
        for (int b = 0; b < weights.length; b++) {
            DoubleVectors.add(sum, weights[b], basis.get(b));
        }
        int largest = 0;
        for (int k = 1; k < sum.length; k++) {
            largest = Math.abs(sum[k]) > Math.abs(sum[largest]) ? k : largest;
        }
        DoubleVectors.scale(sum, (sum[largest] < 0 ? -1 : 1) / DoubleVectors.norm(sum));
        return sum;
    }
}
