package org.spectralsignatures.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.apache.commons.math3.linear.EigenDecomposition;
import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * The leading right singular vectors of a class's centred matrix by the Lanczos process on M^T M with full
 * reorthogonalisation (Golub and Van Loan, Matrix Computations, 10.1 and 10.4). Each step is one pass over the rows; it
 * stops when the residual bound of each wanted vector is below {@value #TOLERANCE} of the largest eigenvalue.
 */
final class Lanczos {

    static final double TOLERANCE = 1e-9;

    private static final int MAX_STEPS = 300;

    private static final int STEPS_PER_TEST = 4;

    /**
     * @param vectors right singular vectors, unit length, the entry of largest magnitude positive; at most as many as asked for
     * @param values the singular values, descending, one a vector
     * @param steps passes over the rows
     */
    record Result(List<double[]> vectors, double[] values, int steps) { // NOSONAR never compared
    }

    private final ClassMatrix matrix;

    private final int wanted;

    private final List<double[]> basis = new ArrayList<>();

    private final double[] diagonal = new double[MAX_STEPS];

    private final double[] offDiagonal = new double[MAX_STEPS];

    private Lanczos(final ClassMatrix matrix, final int wanted) {
        this.matrix = matrix;
        this.wanted = wanted;
    }

    /**
     * @param matrix with some variance
     * @param wanted number of vectors
     * @param seed of the starting vector
     * @return the leading vectors; fewer than wanted if the rank is lower
     */
    static Result run(final ClassMatrix matrix, final int wanted, final long seed) throws TaskCancelledException {
        return new Lanczos(matrix, wanted).iterate(new SplittableRandom(seed));
    }

    private Result iterate(final SplittableRandom random) throws TaskCancelledException {
        final int limit = Math.min(MAX_STEPS, Math.min(matrix.rows(), matrix.columns()));
        double[] q = new double[matrix.columns()];
        for (int k = 0; k < q.length; k++) {
            q[k] = random.nextDouble() - .5;
        }
        // M^T M of the random vector: the start lies in the row space, where all wanted vectors are
        q = matrix.gram(q);
        scale(q, 1 / norm(q));
        EigenDecomposition ritz = null;
        for (int step = 0; step < limit; step++) {
            basis.add(q);
            final double[] w = matrix.gram(q);
            diagonal[step] = ClassMatrix.dot(w, q);
            orthogonalise(w);
            final double beta = norm(w);
            final boolean exhausted = beta <= 1e-13 * matrix.squaredNorm() || step + 1 == limit;
            if (exhausted || step % STEPS_PER_TEST == STEPS_PER_TEST - 1) {
                ritz = new EigenDecomposition(Arrays.copyOf(diagonal, step + 1), Arrays.copyOf(offDiagonal, step));
                if (exhausted || converged(ritz, beta, step)) {
                    break;
                }
            }
            offDiagonal[step] = beta;
            scale(w, 1 / beta);
            q = w;
        }
        return result(ritz);
    }

    private boolean converged(final EigenDecomposition ritz, final double beta, final int step) {
        if (step + 1 < wanted) {
            return false;
        }
        for (int j = 0; j < wanted; j++) {
            if (beta * Math.abs(ritz.getEigenvector(j).getEntry(step)) > TOLERANCE * ritz.getRealEigenvalue(0)) {
                return false;
            }
        }
        return true;
    }

    /** Twice is enough (Parlett). */
    private void orthogonalise(final double[] w) {
        for (int pass = 0; pass < 2; pass++) {
            for (double[] b : basis) {
                final double overlap = ClassMatrix.dot(w, b);
                for (int k = 0; k < w.length; k++) {
                    w[k] -= overlap * b[k];
                }
            }
        }
    }

    private Result result(final EigenDecomposition ritz) {
        final var vectors = new ArrayList<double[]>();
        final var values = new double[Math.min(wanted, basis.size())];
        int found = 0;
        for (; found < values.length; found++) {
            final double eigenvalue = ritz.getRealEigenvalue(found);
            if (eigenvalue <= 1e-12 * matrix.squaredNorm()) {
                break;
            }
            values[found] = Math.sqrt(eigenvalue);
            final var v = new double[matrix.columns()];
            for (int b = 0; b < basis.size(); b++) {
                final double weight = ritz.getEigenvector(found).getEntry(b);
                final double[] q = basis.get(b);
                for (int k = 0; k < v.length; k++) {
                    v[k] += weight * q[k];
                }
            }
            scale(v, sign(v) / norm(v));
            vectors.add(v);
        }
        return new Result(vectors, Arrays.copyOf(values, found), basis.size());
    }

    private static int sign(final double[] v) {
        int largest = 0;
        for (int k = 1; k < v.length; k++) {
            largest = Math.abs(v[k]) > Math.abs(v[largest]) ? k : largest;
        }
        return v[largest] < 0 ? -1 : 1;
    }

    private static double norm(final double[] v) {
        return Math.sqrt(ClassMatrix.dot(v, v));
    }

    private static void scale(final double[] v, final double factor) {
        for (int k = 0; k < v.length; k++) {
            v[k] *= factor;
        }
    }
}
