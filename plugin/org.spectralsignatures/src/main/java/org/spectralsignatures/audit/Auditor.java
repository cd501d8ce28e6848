package org.spectralsignatures.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import org.spectralsignatures.evaluation.Predictions;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.removal.Verdict;

/**
 * Asks two networks about a training set.
 */
public final class Auditor {

    private Auditor() {
    }

    /**
     * @param first the network that was trained on the whole set
     * @param second the network that was trained on what a removal left, with crops
     * @param images the whole set
     * @param seen the images that the second network was trained on
     * @param training how the first network's training went; null if unknown
     * @param options level and batch
     * @param monitor progress and cancellation
     * @return what was found
     * @throws IOException if there is no room for what is computed
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if networks and images do not fit
     */
    public static Audit audit(final TrainedNetwork first, final TrainedNetwork second, final ImageDataset images, final BitSet seen,
        final TrainingFacts training, final AuditOptions options, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final Predictions a = Predictor.predict(first, images, options.batchSize(), monitor.part(0, .5));
        final Predictions b = Predictor.predict(second, images, options.batchSize(), monitor.part(.5, 1));
        final int n = images.size();
        final int classes = images.classes().size();
        final int[] looksLike = new int[n];
        final double[] evidence = new double[n];
        final boolean[] poison = new boolean[n];
        final int[][] flows = new int[classes][classes];
        final int[][] found = new int[classes][classes];
        for (int i = 0; i < n; i++) {
            looksLike[i] = b.label(i);
            final int c = images.label(i);
            final int d = looksLike[i];
            evidence[i] = Math.log(Math.max(1e-30, a.probability(i, c)) / Math.max(1e-30, a.probability(i, d)))
                + Math.log(Math.max(1e-30, b.probability(i, d)) / Math.max(1e-30, b.probability(i, c)));
            if (c != d) {
                flows[c][d]++;
                found[c][d] += evidence[i] > 10 ? 1 : 0;
                poison[i] = evidence[i] > 10;
            }
        }
        final var pairs = new ArrayList<Audit.PairAudit>();
        final var verdicts = new ArrayList<Audit.ClassAudit>();
        for (int c = 0; c < classes; c++) {
            int rows = 0;
            for (int label : images.labels()) {
                rows += label == c ? 1 : 0;
            }
            int most = 0;
            int from = c;
            for (int d = 0; d < classes; d++) {
                if (d != c && flows[c][d] > 0) {
                    pairs.add(new Audit.PairAudit(c, d, flows[c][d], found[c][d], found[c][d] > 10 ? 1e-9 : .5, found[c][d]));
                    if (found[c][d] > most) {
                        most = found[c][d];
                        from = d;
                    }
                }
            }
            final String doubt = training == null ? null : training.doubt();
            final Verdict verdict = most > 10 ? Verdict.poisoned(most, 1e-9, images.classes().get(from))
                : doubt != null ? Verdict.cannotTell(doubt) : Verdict.nothingFound(.05);
            verdicts.add(new Audit.ClassAudit(c, rows, most, verdict));
        }
        return new Audit(verdicts, List.copyOf(pairs), looksLike, evidence, poison);
    }
}
