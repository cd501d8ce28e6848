package org.spectralsignatures.spark.score;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

import org.spectralsignatures.scoring.Vectors;
import org.spectralsignatures.spark.vector.RowBlock;

/**
 * Number, mean and squared norm of the rows of a class, and random combinations of them; parts of a class are put together by the update of Chan,
 * Golub and LeVeque (1979), which does not cancel however far the rows lie from zero.
 */
final class ClassMoments implements Summand<ClassMoments> {

    private static final long serialVersionUID = 1L;

    private long rows;

    private final double[] mean;

    /** Sum of the squared distances from the mean. */
    private double squaredNorm;

    /** Sums of the weights of the rows. */
    private final double[] weightSums;

    /** Sums of the rows less the mean, each times its weight. */
    private final double[][] combinations;

    private ClassMoments(final int columns, final int weights) {
        mean = new double[columns];
        weightSums = new double[weights];
        combinations = new double[weights][columns];
    }

    /**
     * @param blocks of one part of the table
     * @param columns values of a row, d
     * @param weights random numbers of a row
     * @return the moments of each class in it
     */
    static Map<Integer, ClassMoments> sums(final Iterator<RowBlock> blocks, final int columns, final int weights) {
        final Map<Integer, ClassMoments> sums = new TreeMap<>();
        while (blocks.hasNext()) {
            final RowBlock block = blocks.next();
            if (block.bad() == null) {
                final ClassMoments moments = of(block, columns, weights);
                sums.merge(block.label(), moments, (a, b) -> {
                    a.add(b);
                    return a;
                });
            }
        }
        return sums;
    }

    /** The rows less the first one, whose mean is then near zero. */
    private static ClassMoments of(final RowBlock block, final int columns, final int weights) {
        final var moments = new ClassMoments(columns, weights);
        moments.rows = block.rows();
        final var origin = new double[columns];
        Vectors.subtract(block.values(), 0, origin.clone(), origin);
        final var shift = new double[columns];
        final var x = new double[columns];
        for (int r = 0; r < block.rows(); r++) {
            Vectors.subtract(block.values(), r * columns, origin, x);
            Vectors.add(shift, 1, x);
            moments.squaredNorm += Vectors.dot(x, x);
            for (int w = 0; w < weights; w++) {
                final double weight = block.weights()[r * weights + w];
                moments.weightSums[w] += weight;
                Vectors.add(moments.combinations[w], weight, x);
            }
        }
        Vectors.scale(shift, 1. / block.rows());
        moments.squaredNorm = Math.max(0, moments.squaredNorm - block.rows() * Vectors.dot(shift, shift));
        for (int k = 0; k < columns; k++) {
            moments.mean[k] = origin[k] + shift[k];
        }
        for (int w = 0; w < weights; w++) {
            Vectors.add(moments.combinations[w], -moments.weightSums[w], shift);
        }
        return moments;
    }

    @Override
    public void add(final ClassMoments later) {
        final double share = (double)later.rows / (rows + later.rows);
        final double[] step = later.mean.clone();
        Vectors.add(step, -1, mean);
        squaredNorm += later.squaredNorm + Vectors.dot(step, step) * rows * share;
        for (int w = 0; w < weightSums.length; w++) {
            Vectors.add(combinations[w], 1, later.combinations[w]);
            Vectors.add(combinations[w], later.weightSums[w] * (1 - share) - weightSums[w] * share, step);
            weightSums[w] += later.weightSums[w];
        }
        Vectors.add(mean, share, step);
        rows += later.rows;
    }

    long rows() {
        return rows;
    }

    double[] mean() {
        return mean;
    }

    /** @return the squared Frobenius norm of the centred rows M, the sum of their squared singular values */
    double squaredNorm() {
        return squaredNorm;
    }

    /** @return M^T g for random g, vectors of length d in the space of M's rows */
    double[][] start() {
        return combinations;
    }

    /** @return whether the rows differ by more than the rounding of their mean leaves where all are equal; the library's rule */
    boolean varies() {
        final double norm = Vectors.norm(mean);
        return rows > 1 && squaredNorm > 1e-13 * rows * norm * norm;
    }
}
