package org.spectralsignatures.scoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.GlobalAverage;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.storage.TemporaryFile;

/**
 * Ranks by several methods at once, since each of them fails on other poison: the paper's score, SPECTRE, activation clustering from
 * both ends (poison may be the larger cluster), and, where the layer has more than one position, SPECTRE on the averages over the
 * positions. An image is as suspicious as the method that finds it most suspicious says.
 */
public final class EnsembleScorer {

    private static final int SPECTRE_COMPONENTS = 64;

    private static final int POOLED_COMPONENTS = 48;

    private static final int CLUSTERED_COMPONENTS = 10;

    /**
     * What one of the methods says.
     *
     * @param name in words
     * @param twoEnded whether the lowest scores are as suspicious as the highest
     * @param result its scores
     */
    public record Member(String name, boolean twoEnded, ScoringResult result) {
    }

    /**
     * What all of them say.
     *
     * @param result the ensemble's scores, from 0 to 1: the share of the class that the most suspicious method leaves behind the image,
     *            with the mean over the methods between equal ones; the statistics are those of the paper's score
     * @param members the methods
     */
    public record Ensemble(ScoringResult result, List<Member> members) {
    }

    private EnsembleScorer() {
    }

    /**
     * @param activations {@code [n, d]}
     * @param positions height times width of the layer where the columns are channels times positions, else 1
     * @param labels {@code [n]}, indices into the classes
     * @param classes names of the classes
     * @param keys {@code [n]}, distinct, for the order of equal scores
     * @param method what SPECTRE is to withstand
     * @param seed of starting vectors and clusters
     * @param monitor progress and cancellation
     * @return scores and ranks in the order of the rows
     * @throws IOException if there is no room for the averages
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if sizes do not agree or an activation is not finite
     */
    public static Ensemble score(final NpyMatrix activations, final int positions, final int[] labels, final List<String> classes,
        final List<String> keys, final ScoringMethod.Ensemble method, final long seed, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (positions < 1 || activations.columns() % positions != 0) {
            throw new IllegalArgumentException("%d values an image do not divide into %d positions.".formatted(activations.columns(), positions));
        }
        final var members = new ArrayList<Member>();
        members.add(new Member("paper", false, SpectralScorer.score(activations, labels, classes, keys,
            new ScoringMethod.Paper(1), seed, monitor.part(0, .2))));
        members.add(new Member("SPECTRE", false, SpectralScorer.score(activations, labels, classes, keys,
            new ScoringMethod.Spectre(SPECTRE_COMPONENTS, method.epsilon()), seed, monitor.part(.2, .6))));
        members.add(new Member("activation clustering", true, SpectralScorer.score(activations, labels, classes, keys,
            new ScoringMethod.ActivationClustering(CLUSTERED_COMPONENTS), seed, monitor.part(.6, .8))));
        if (positions > 1) {
            try (var file = TemporaryFile.create("averages");
                    var averages = GlobalAverage.of(activations, positions, file.path(), monitor.part(.8, .85))) {
                members.add(new Member("SPECTRE on averages", false, SpectralScorer.score(averages, labels, classes, keys,
                    new ScoringMethod.Spectre(POOLED_COMPONENTS, method.epsilon()), seed, monitor.part(.85, 1))));
            }
        }
        final int[] rows = new int[classes.size()];
        for (int label : labels) {
            rows[label]++;
        }
        final double[] scores = combine(members, labels, rows);
        return new Ensemble(new ScoringResult(scores, ClassRanks.of(labels, classes.size(), scores, keys),
            statistics(members.get(0).result(), labels, scores, rows)), List.copyOf(members));
    }

    private static double[] combine(final List<Member> members, final int[] labels, final int[] rows) {
        final double[] scores = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            final double n = rows[labels[i]];
            double most = 0;
            double sum = 0;
            for (Member member : members) {
                final int rank = member.result.ranks()[i];
                final double behind = (member.twoEnded ? Math.max(n - rank, rank - 1) : n - rank) / n;
                most = Math.max(most, behind);
                sum += behind;
            }
            scores[i] = most + (sum / members.size() - 1) / n;
        }
        return scores;
    }

    private static List<ClassStatistics> statistics(final ScoringResult paper, final int[] labels, final double[] scores, final int[] rows) {
        final double[] sum = new double[rows.length];
        final double[] max = new double[rows.length];
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < labels.length; i++) {
            sum[labels[i]] += scores[i];
            max[labels[i]] = Math.max(max[labels[i]], scores[i]);
        }
        final var statistics = new ArrayList<ClassStatistics>();
        for (int c = 0; c < rows.length; c++) {
            final ClassStatistics s = paper.statistics().get(c);
            statistics.add(new ClassStatistics(s.label(), s.rows(), s.meanNorm(), s.singularValues(), s.explainedVariance(),
                rows[c] == 0 ? Double.NaN : sum[c] / rows[c], rows[c] == 0 ? Double.NaN : max[c], s.iterations(), s.angle()));
        }
        return List.copyOf(statistics);
    }
}
