package org.spectralsignatures.nodes.scorer;

import java.io.IOException;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.removal.Evidence;
import org.spectralsignatures.removal.Suspicion;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.scoring.EnsembleScorer;
import org.spectralsignatures.scoring.ScanScorer;
import org.spectralsignatures.scoring.ScoringMethod;
import org.spectralsignatures.scoring.ScoringResult;
import org.spectralsignatures.scoring.SpectralScorer;

/**
 * Scores by the method that was chosen, and what follows from them for the classes.
 *
 * @param result the scores
 * @param suspicions one a class
 */
record JudgedScores(ScoringResult result, List<Suspicion> suspicions) {

    /**
     * @param parameters the settings
     * @param matrix the activations
     * @param positions how many values of an image, side by side, belong to one channel
     * @param training how the training of the network went; null if unknown
     * @param rows what belongs to each row of the activations
     * @param monitor progress and cancellation
     * @return scores and suspicions
     */
    static JudgedScores of(final SpectralSignatureScorerNodeParameters parameters, final NpyMatrix matrix, final int positions,
        final TrainingFacts training, final ActivationsPortObject.Rows rows, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final int[] labels = rows.labels();
        final List<String> classes = rows.classes();
        final double level = parameters.m_level;
        final long seed = parameters.m_seed;
        final ScoringMethod method = parameters.method();
        if (method instanceof ScoringMethod.Scan alone) {
            final ScanScorer.Scan scan = ScanScorer.score(matrix, positions, labels, classes, rows.keys(), alone, seed, monitor);
            return new JudgedScores(scan.result(), Suspicion.of(labels, scan, level, training));
        }
        final ScoringResult result;
        final List<Evidence> evidence;
        if (method instanceof ScoringMethod.Ensemble several) {
            final EnsembleScorer.Ensemble ensemble = EnsembleScorer.score(matrix, positions, labels, classes, rows.keys(), several, seed, monitor);
            result = ensemble.result();
            evidence = ensemble.members().stream().map(m -> new Evidence(m.name(), m.twoEnded(), m.result().scores())).toList();
        } else {
            result = SpectralScorer.score(matrix, labels, classes, rows.keys(), (ScoringMethod.ByClass)method, seed, monitor);
            evidence = List.of(new Evidence(parameters.m_variant.m_words, false, result.scores()));
        }
        return new JudgedScores(result, Suspicion.of(labels, classes.size(), evidence, level, training));
    }
}
