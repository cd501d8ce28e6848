package org.spectralsignatures.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * A block Lanczos process on M^T M with full reorthogonalisation (Golub and Van Loan, Matrix Computations, 10.3): each step
 * multiplies a few vectors in one pass over the rows. It stops when for each wanted vector residual over gap, which bounds the
 * sine of its angle to the true one (Davis and Kahan), is small, or the residual itself is down to rounding. It does not multiply by
 * itself: it is asked for vectors and told their products, so that several processes can share a pass.
 */
public final class BlockLanczos {

    /** M^T M times each of some vectors. */
    interface Product {
        double[][] of(double[][] vectors) throws TaskCancelledException;
    }

    /**
     * When to stop.
     *
     * @param angle bound on the sine of the angle between a wanted vector and the true one
     * @param rounding residual, as a share of the largest eigenvalue, below which no more can be had
     * @param value such a residual of those vectors whose angle does not matter: 1e-4 gives the singular value to some 8 digits
     */
    public record Tolerance(double angle, double rounding, double value) {

        /** For products in double precision. */
        public static final Tolerance FINE = new Tolerance(1e-8, 1e-13, 1e-4);

        /** @return the same, where further vectors have to span the right space */
        Tolerance forSpace() {
            return new Tolerance(angle, rounding, 10 * rounding);
        }
    }

    /** Most vectors of a process, if no more values are wanted: what is found no better by then is given all the same. */
    public static final int MAX_BASIS = 300;

    /** The decomposition of the projected matrix costs as the cube of its size: a large one is tried less often. */
    private static final double GROWTH_PER_TEST = 1.05;

    private final Tolerance tolerance;

    private final int wantedVectors;

    private final int wantedValues;

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
     * @param rows number of the matrix's rows
     * @param squaredNorm sum of its squared entries, above 0
     * @param tolerance when to stop
     * @param wantedVectors number of vectors
     * @param wantedValues number of singular values, at least as many
     * @param start vectors to start from, each of length d, at least one of them not zero; they are overwritten
     */
    public BlockLanczos(final long rows, final double squaredNorm, final Tolerance tolerance, final int wantedVectors, final int wantedValues,
        final double[][] start) {
        this.tolerance = tolerance;
        this.wantedVectors = wantedVectors;
        this.wantedValues = wantedValues;
        limit = (int)Math.min(Math.max(MAX_BASIS, 4 * wantedValues), Math.min(rows, start[0].length));
        negligible = tolerance.rounding() * squaredNorm / 10;
        block = orthonormal(start, 0, limit, new double[start.length][]);
    }

    /** @return this, run to its end with products from one place */
    BlockLanczos run(final Product product) throws TaskCancelledException {
        while (!isDone()) {
            accept(product.of(block));
        }
        return this;
    }

    /** @return vectors of unit length to be multiplied by M^T M, each of length d; none when it is done */
    public double[][] block() {
        return block;
    }

    /** @return whether nothing is left to be multiplied */
    public boolean isDone() {
        return block.length == 0;
    }

    /** @param products M^T M times each vector of the block; they are overwritten */
    public void accept(final double[][] products) {
        passes++;
        final int first = basis.size();
        basis.addAll(Arrays.asList(block));
        for (double[] w : products) {
            projected.add(basis.stream().mapToDouble(q -> Vectors.dot(q, w)).toArray());
        }
        final var factors = new double[products.length][];
        block = orthonormal(products, negligible, limit - basis.size(), factors);
        if (basis.size() >= nextTest || block.length == 0) {
            ritz = decompose();
            residuals = new double[Math.min(wantedValues, basis.size())];
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
     * @param factors receives for each vector its coefficients in the returned ones, and in the last entry the length of what
     *            was dropped
     */
    private double[][] orthonormal(final double[][] vectors, final double smallest, final int room, final double[][] factors) {
        final var result = new ArrayList<double[]>();
        for (int v = 0; v < vectors.length; v++) {
            final double[] w = vectors[v];
            final var coefficients = new double[vectors.length + 1];
            final double before = Vectors.norm(w);
            for (int round = 0; round < 2; round++) {
                for (double[] q : basis) {
                    Vectors.add(w, -Vectors.dot(w, q), q);
                }
                for (int r = 0; r < result.size(); r++) {
                    final double overlap = Vectors.dot(w, result.get(r));
                    coefficients[r] += overlap;
                    Vectors.add(w, -overlap, result.get(r));
                }
            }
            final double length = Vectors.norm(w);
            if (length > Math.max(smallest, 1e-13 * before) && result.size() < room) {
                Vectors.scale(w, 1 / length);
                coefficients[result.size()] = length;
                result.add(w);
            } else {
                coefficients[vectors.length] = length;
            }
            factors[v] = coefficients;
        }
        return result.toArray(double[][]::new);
    }

    private boolean converged() {
        if (basis.size() <= wantedValues) {
            return false;
        }
        for (int j = 0; j < wantedValues; j++) {
            final double share = residuals[j] / eigenvalue(0);
            if (j < wantedVectors ? share > tolerance.rounding() && residuals[j] > tolerance.angle() * gap(j) : share > tolerance.value()) {
                return false;
            }
        }
        return true;
    }

    /** |M^T M v - lambda v| of a Ritz vector v: what the last block's products have outside the basis. */
    private static double residual(final double[] eigenvector, final double[][] factors, final int first) {
        final var rest = new double[factors.length + 1];
        for (int b = 0; b < factors.length; b++) {
            Vectors.add(rest, eigenvector[first + b], factors[b]);
        }
        return Vectors.norm(rest);
    }

    /** @return passes over the rows */
    public int passes() {
        return passes;
    }

    /** @return number of vectors that can be had, at least one once it is done */
    int size() {
        return basis.size();
    }

    /** @return number of vectors of length d that it holds */
    public int held() {
        return basis.size() + block.length;
    }

    /**
     * @param count number of vectors
     * @return the largest bound on the sine of the angle of one of the first so many to the true one, at most 1
     */
    public double angle(final int count) {
        double largest = 0;
        for (int j = 0; j < count; j++) {
            largest = Math.max(largest, Math.min(1, residuals[j] / Math.max(Double.MIN_NORMAL, gap(j))));
        }
        return largest;
    }

    /** @return an estimate of an eigenvalue of M^T M, descending; 0 beyond those found */
    public double eigenvalue(final int index) {
        return index < basis.size() ? Math.max(0, ritz.getRealEigenvalue(index)) : 0;
    }

    /** @return distance of an eigenvalue to the nearer of its neighbours */
    double gap(final int index) {
        final double below = eigenvalue(index) - eigenvalue(index + 1);
        return index == 0 ? below : Math.min(below, eigenvalue(index - 1) - eigenvalue(index));
    }

    /** @return the vector of an eigenvalue, of length 1, the entry of largest magnitude positive */
    public double[] vector(final int index) {
        final double[] weights = ritz.getEigenvector(index).toArray();
        final var sum = new double[basis.get(0).length];
        for (int b = 0; b < weights.length; b++) {
            Vectors.add(sum, weights[b], basis.get(b));
        }
        Vectors.scale(sum, sign(sum) / Vectors.norm(sum));
        return sum;
    }

    private static int sign(final double[] v) {
        int largest = 0;
        for (int k = 1; k < v.length; k++) {
            largest = Math.abs(v[k]) > Math.abs(v[largest]) ? k : largest;
        }
        return v[largest] < 0 ? -1 : 1;
    }
}
