package org.spectralsignatures.scoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.GlobalAverage;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.storage.TemporaryFile;

/**
 * SCAn (Tang, Wang, Tang and Zhang 2021, Demon in the Variant): compares the classes with each other. A representation is that of its
 * class plus a variation whose covariance all classes share ({@link SharedCovariance}); a class with poison consists of two subgroups of
 * that variation ({@link TwoSubgroups}). The statistic J of a class is the likelihood ratio of two subgroups against one, twice its
 * logarithm, an image; J* its distance from the median over the classes, in units of 1.4826 times the median absolute deviation. Unlike
 * the original it takes the covariance from the suspicious set itself and needs no clean images.
 */
public final class ScanScorer {

    /** Images that a class must have to be compared. */
    public static final int FEWEST = 30;

    /** Classes that there must be for a median to say what is usual. */
    public static final int FEWEST_CLASSES = 3;

    private static final int ROWS_PER_COMPONENT = 5;

    private static final int SINGULAR_VALUES = 3;

    private static final int SIMULATED = 200_000;

    /**
     * What SCAn found.
     *
     * @param result scores in nats: the logarithm of the odds that an image belongs to the smaller subgroup of its class
     * @param ratios J of each class
     * @param statistics J* of each class; NaN if the class cannot be compared
     * @param pValues probability of such a J* among as many classes whose J come from one normal distribution; 1 if it cannot be compared
     */
    public record Scan(ScoringResult result, double[] ratios, double[] statistics, double[] pValues) { // NOSONAR never compared
    }

    private ScanScorer() {
    }

    /**
     * @param activations {@code [n, d]}
     * @param positions height times width of the layer where the columns are channels times positions, else 1; the averages over more
     *            than one position are compared
     * @param labels {@code [n]}, indices into the classes
     * @param classes names of the classes
     * @param keys {@code [n]}, distinct, for the order of equal scores
     * @param method how many principal components to look at
     * @param seed of starting vectors and of the distribution of J*
     * @param monitor progress and cancellation
     * @return scores and ranks in the order of the rows, and the statistics of the classes
     * @throws IOException if there is no room for the averages
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if sizes do not agree or an activation is not finite
     */
    public static Scan score(final NpyMatrix activations, final int positions, final int[] labels, final List<String> classes,
        final List<String> keys, final ScoringMethod.Scan method, final long seed, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (positions < 1 || activations.columns() % positions != 0) {
            throw new IllegalArgumentException("%d values an image do not divide into %d positions.".formatted(activations.columns(), positions));
        }
        if (positions == 1) {
            return score(activations, labels, classes, keys, method.components(), seed, monitor);
        }
        try (var file = TemporaryFile.create("averages");
                var averages = GlobalAverage.of(activations, positions, file.path(), monitor.part(0, .2))) {
            return score(averages, labels, classes, keys, method.components(), seed, monitor.part(.2, 1));
        }
    }

    private static Scan score(final NpyMatrix activations, final int[] labels, final List<String> classes, final List<String> keys,
        final int components, final long seed, final TaskMonitor monitor) throws TaskCancelledException {
        if (activations.rows() != labels.length || labels.length != keys.size()) {
            throw new IllegalArgumentException("There are %d rows of activations, but %d labels and %d row keys."
                .formatted(activations.rows(), labels.length, keys.size()));
        }
        final int[][] rows = RowsByClass.of(labels, classes.size());
        final var scores = new double[labels.length];
        final var ratios = new double[classes.size()];
        Arrays.fill(ratios, Double.NaN);
        final List<ClassStatistics> statistics;
        try (var blas = SequentialBlas.enter(activations.algebra())) {
            if (labels.length > 0) {
                compare(activations, rows, Math.min(components, limit(rows)), seed, monitor, scores, ratios);
            }
            statistics = statistics(activations, rows, classes, seed, scores, monitor);
        }
        final double[] normalised = normalised(ratios);
        return new Scan(new ScoringResult(scores, ClassRanks.of(labels, classes.size(), scores, keys), statistics), ratios, normalised,
            pValues(normalised, seed));
    }

    /** So many components that the smallest class still says something about each. */
    private static int limit(final int[][] rows) {
        final int most = Arrays.stream(rows).mapToInt(r -> r.length).max().orElse(0);
        final int smallest = Arrays.stream(rows).mapToInt(r -> r.length).filter(n -> n >= FEWEST).min().orElse(most);
        return Math.max(1, smallest / ROWS_PER_COMPONENT);
    }

    private static void compare(final NpyMatrix activations, final int[][] rows, final int components, final long seed, final TaskMonitor monitor,
        final double[] scores, final double[] ratios) throws TaskCancelledException {
        final int[] all = IntStream.range(0, scores.length).toArray();
        monitor.progress(0, "Principal components of all classes");
        try (var matrix = new ClassMatrix(activations, all, SingularVectors.starts(components), seed, monitor)) {
            if (!matrix.varies()) {
                return;
            }
            final double[][] points = SingularVectors.of(matrix, components, 0, components).coordinates();
            final var shared = new SharedCovariance(points, rows, monitor);
            for (int c = 0; c < rows.length; c++) {
                monitor.progress(.5 + .3 * c / rows.length, "Subgroups of class %d of %d".formatted(c + 1, rows.length));
                if (rows[c].length < 2) {
                    continue;
                }
                final var subgroups = new TwoSubgroups(Arrays.stream(rows[c]).mapToObj(i -> shared.whiten(points[i])).toArray(double[][]::new), matrix);
                if (rows[c].length >= FEWEST) {
                    ratios[c] = subgroups.ratio();
                }
                final double[] odds = subgroups.logOdds();
                for (int i = 0; i < odds.length; i++) {
                    scores[rows[c][i]] = odds[i];
                }
            }
        }
    }

    private static List<ClassStatistics> statistics(final NpyMatrix activations, final int[][] rows, final List<String> classes, final long seed,
        final double[] scores, final TaskMonitor monitor) throws TaskCancelledException {
        final var statistics = new ArrayList<ClassStatistics>();
        for (int c = 0; c < rows.length; c++) {
            monitor.progress(.8 + .2 * c / rows.length, "Singular values of class '%s'".formatted(classes.get(c)));
            if (rows[c].length == 0) {
                statistics.add(new ClassStatistics(classes.get(c), 0, Double.NaN, List.of(0., 0., 0.), Double.NaN, Double.NaN, Double.NaN, 0, 0));
                continue;
            }
            try (var matrix = new ClassMatrix(activations, rows[c], SingularVectors.starts(1), seed, monitor)) {
                statistics.add(statistics(matrix, classes.get(c), Arrays.stream(rows[c]).mapToDouble(i -> scores[i]).toArray()));
            }
        }
        return List.copyOf(statistics);
    }

    private static ClassStatistics statistics(final ClassMatrix matrix, final String label, final double[] scores) throws TaskCancelledException {
        final double mean = Arrays.stream(scores).average().orElseThrow();
        final double max = Arrays.stream(scores).max().orElseThrow();
        if (!matrix.varies()) {
            return new ClassStatistics(label, scores.length, Vectors.norm(matrix.mean()), List.of(0., 0., 0.), Double.NaN, mean, max, 0, 0);
        }
        final SingularVectors found = SingularVectors.of(matrix, 1, 0, SINGULAR_VALUES);
        final double[] values = Arrays.copyOf(found.values(), SINGULAR_VALUES);
        return new ClassStatistics(label, scores.length, Vectors.norm(matrix.mean()), Arrays.stream(values).boxed().toList(),
            values[0] * values[0] / matrix.squaredNorm(), mean, max, found.passes(), 0);
    }

    /** J* of each J; NaN where there is none, where there are too few, or where they do not differ. */
    static double[] normalised(final double[] ratios) {
        final double[] known = Arrays.stream(ratios).filter(Double::isFinite).toArray();
        final double median = median(known);
        final double deviation = 1.4826 * median(Arrays.stream(known).map(r -> Math.abs(r - median)).toArray());
        return Arrays.stream(ratios).map(r -> known.length >= FEWEST_CLASSES && deviation > 0 ? (r - median) / deviation : Double.NaN).toArray();
    }

    private static double median(final double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** By simulation: with few classes the median absolute deviation varies much, and J* with it. */
    private static double[] pValues(final double[] statistics, final long seed) {
        final int classes = (int)Arrays.stream(statistics).filter(Double::isFinite).count();
        final double[] simulated = classes == 0 ? new double[0] : simulated(classes, seed);
        return Arrays.stream(statistics).map(s -> Double.isFinite(s) ? pValue(s, simulated) : 1).toArray();
    }

    /** @return J* of classes whose J come from one normal distribution, ascending */
    static double[] simulated(final int classes, final long seed) {
        final var random = new SplittableRandom(seed);
        return IntStream.range(0, SIMULATED / classes + 1)
            .mapToObj(draw -> normalised(IntStream.range(0, classes).mapToDouble(c -> random.nextGaussian()).toArray()))
            .flatMapToDouble(Arrays::stream).sorted().toArray();
    }

    static double pValue(final double statistic, final double[] simulated) {
        int below = Arrays.binarySearch(simulated, statistic);
        below = below < 0 ? -below - 1 : below;
        return (1. + simulated.length - below) / (1. + simulated.length);
    }
}
