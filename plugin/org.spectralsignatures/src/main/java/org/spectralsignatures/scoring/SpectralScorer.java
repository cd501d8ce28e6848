package org.spectralsignatures.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.NpyMatrix;

/**
 * Outlier scores from each class's representations (paper, Algorithm 1, lines 4 to 9, and what it is compared with). Every class
 * is scored on its own, since the defender does not know the target. Memory is O(d) beyond the file; the methods that need k
 * principal components also hold k values a row of one class.
 */
public final class SpectralScorer {

    private static final int SINGULAR_VALUES = 3;

    private SpectralScorer() {
    }

    /**
     * A class of fewer than two rows or without variance has no direction: all of its scores are 0.
     *
     * @param activations the representations, {@code [n, d]}
     * @param labels {@code [n]}, indices into the classes
     * @param classes their names
     * @param keys {@code [n]}, row keys, which order equal scores
     * @param method how to score
     * @param seed of the vectors that the iteration starts from, of the random direction and of the clusters' first centres
     * @param monitor progress and cancellation
     * @return scores and ranks in the order of the rows, and a statistic for each class
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if sizes do not agree or an activation is not finite
     */
    public static ScoringResult score(final NpyMatrix activations, final int[] labels, final List<String> classes,
        final List<String> keys, final ScoringMethod.ByClass method, final long seed, final TaskMonitor monitor) throws TaskCancelledException {
        if (activations.rows() != labels.length || labels.length != keys.size()) {
            throw new IllegalArgumentException("There are %d rows of activations, but %d labels and %d row keys."
                .formatted(activations.rows(), labels.length, keys.size()));
        }
        final var scores = new double[labels.length];
        final var ranks = new int[labels.length];
        final var statistics = new ArrayList<ClassStatistics>();
        final int[][] rowsByClass = RowsByClass.of(labels, classes.size());
        try (var blas = SequentialBlas.enter(activations.algebra())) {
            for (int c = 0; c < classes.size(); c++) {
                monitor.checkCancelled();
                monitor.progress((double)c / classes.size(), "Class '%s' (%d of %d)".formatted(classes.get(c), c + 1, classes.size()));
                final int[] rows = rowsByClass[c];
                statistics.add(scoreClass(activations, rows, classes.get(c), method.formula(seed), seed, monitor, scores));
                ClassRanks.rank(rows, scores, keys, ranks);
            }
        }
        return new ScoringResult(scores, ranks, List.copyOf(statistics));
    }

    private static ClassStatistics scoreClass(final NpyMatrix activations, final int[] rows, final String label,
        final ClassScore formula, final long seed, final TaskMonitor monitor, final double[] scores) throws TaskCancelledException {
        if (rows.length == 0) {
            return new ClassStatistics(label, 0, Double.NaN, List.of(0., 0., 0.), Double.NaN, Double.NaN, Double.NaN, 0, 0);
        }
        try (var matrix = new ClassMatrix(activations, rows, SingularVectors.starts(formula.directions()), seed, monitor)) {
            return scoreClass(matrix, rows, label, formula, scores);
        }
    }

    private static ClassStatistics scoreClass(final ClassMatrix matrix, final int[] rows, final String label, final ClassScore formula,
        final double[] scores) throws TaskCancelledException {
        final double meanNorm = Vectors.norm(matrix.mean());
        if (!matrix.varies()) {
            return new ClassStatistics(label, rows.length, meanNorm, List.of(0., 0., 0.), Double.NaN, 0, 0, 0, 0);
        }
        final SingularVectors directions =
            SingularVectors.of(matrix, formula.directions(), formula.certainDirections(), SINGULAR_VALUES);
        final double[] ofClass = formula.scores(matrix, directions);
        double sum = 0;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < rows.length; i++) {
            scores[rows[i]] = ofClass[i];
            sum += ofClass[i];
            max = Math.max(max, ofClass[i]);
        }
        final double[] values = Arrays.copyOf(directions.values(), SINGULAR_VALUES);
        return new ClassStatistics(label, rows.length, meanNorm, Arrays.stream(values).boxed().toList(),
            values[0] * values[0] / matrix.squaredNorm(), sum / rows.length, max, directions.passes(), directions.angle());
    }
}
