package org.spectralsignatures.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.scoring.BlockLanczos.Tolerance;

/**
 * The leading right singular vectors of a class's centred matrix M, found in single precision and checked in double
 * precision: a last pass over the rows gives for each vector its projections M v and its residual |M^T M v - lambda v|, and
 * residual over gap bounds the sine of its angle to the true vector (Davis and Kahan). Where the bound is above
 * {@value #ANGLE}, because singular values lie close together, the search goes on in double precision from there.
 *
 * @param vectors unit length, the entry of largest magnitude positive; at most as many as asked for
 * @param projections M v of each vector, {@code [n]}
 * @param values the largest singular values, descending, at least one a vector
 * @param passes over the rows
 * @param angle the largest bound on the sine of the angle of a vector to the true one, at most 1, of those that must be accurate
 */
record SingularVectors(List<double[]> vectors, List<double[]> projections, double[] values, int passes, double angle) { // NOSONAR never compared

    /** Accepted bound on the sine of the angle between a vector and the true one: 1 - cosine is then below 5e-11. */
    static final double ANGLE = 1e-5;

    private static final Tolerance ROUGH = new Tolerance(3e-6, 1e-7, 1e-4);

    /** Vectors of a pass: one more costs less than another pass, but brings less. */
    private static final int BLOCK = 2;

    private static final int MAX_BLOCK = 8;

    /**
     * @param wanted number of vectors
     * @return how many starting vectors the search for them takes
     */
    static int starts(final int wanted) {
        return Math.min(MAX_BLOCK, Math.max(BLOCK, wanted));
    }

    /**
     * @param matrix with some variance, and as many starting vectors as {@link #starts} says
     * @param wanted number of vectors
     * @param certain how many of them must be accurate one by one; the rest only has to span the right space
     * @param values number of singular values, if more
     * @return the leading vectors; fewer than wanted if the rank is lower
     */
    static SingularVectors of(final ClassMatrix matrix, final int wanted, final int certain, final int values) throws TaskCancelledException {
        final var wish = new Wish(wanted, certain, Math.max(wanted, values));
        final Optional<BlockLanczos.Product> quick = matrix.rough();
        if (quick.isEmpty()) {
            return refine(matrix, matrix.start(), wish, 1);
        }
        final BlockLanczos rough = process(matrix, matrix.start(), wish.tolerance(ROUGH), wish).run(quick.get());
        final SingularVectors found = check(matrix, rough, wish, 1);
        if (found.angle <= ANGLE) {
            return found;
        }
        final var start = new double[Math.min(rough.size(), starts(wanted + 2))][];
        for (int j = 0; j < start.length; j++) {
            start[j] = rough.vector(j);
        }
        return refine(matrix, start, wish, found.passes);
    }

    /** How many vectors are wanted, how many must be accurate one by one, and how many singular values. */
    private record Wish(int vectors, int certain, int count) {

        Tolerance tolerance(final Tolerance usual) {
            return vectors > certain ? usual.forSpace() : usual;
        }
    }

    /** @return the projections of each row on the vectors, {@code [n, k]}: its principal components */
    double[][] coordinates() {
        final var points = new double[projections.get(0).length][projections.size()];
        for (int j = 0; j < projections.size(); j++) {
            for (int i = 0; i < points.length; i++) {
                points[i][j] = projections.get(j)[i];
            }
        }
        return points;
    }

    private static SingularVectors refine(final ClassMatrix matrix, final double[][] start, final Wish wish,
        final int passesBefore) throws TaskCancelledException {
        final BlockLanczos fine = process(matrix, start, wish.tolerance(Tolerance.FINE), wish).run(v -> matrix.gram(v, null));
        return check(matrix, fine, wish, passesBefore);
    }

    private static BlockLanczos process(final ClassMatrix matrix, final double[][] start, final Tolerance tolerance, final Wish wish) {
        return new BlockLanczos(matrix.rows(), matrix.squaredNorm(), tolerance, wish.certain, wish.count, start);
    }

    private static SingularVectors check(final ClassMatrix matrix, final BlockLanczos process, final Wish wish,
        final int passesBefore) throws TaskCancelledException {
        final var values = new double[Math.min(wish.count, process.size())];
        int rank = 0;
        while (rank < values.length && process.eigenvalue(rank) > 1e-12 * matrix.squaredNorm()) {
            values[rank] = Math.sqrt(process.eigenvalue(rank));
            rank++;
        }
        final var vectors = new double[Math.min(rank, wish.vectors)][];
        for (int j = 0; j < vectors.length; j++) {
            vectors[j] = process.vector(j);
        }
        final var projections = new double[vectors.length][matrix.rows()];
        final double[][] products = matrix.gram(vectors, projections);
        double angle = 0;
        for (int j = 0; j < vectors.length; j++) {
            final double eigenvalue = Vectors.dot(projections[j], projections[j]);
            values[j] = Math.sqrt(eigenvalue);
            if (j >= wish.certain) {
                continue;
            }
            Vectors.add(products[j], -eigenvalue, vectors[j]);
            angle = Math.max(angle, Math.min(1, Vectors.norm(products[j]) / Math.max(Double.MIN_NORMAL, process.gap(j))));
        }
        return new SingularVectors(Arrays.asList(vectors), Arrays.asList(projections), values, passesBefore + process.passes() + 1, angle);
    }
}
