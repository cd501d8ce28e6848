package org.spectralsignatures.nodes.scorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.spectralsignatures.engine.DeviceUse;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.scorer.SpectralSignatureScorerNodeParameters.Variant;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.Scores;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.EngineSearch;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.removal.Suspicion;
import org.spectralsignatures.scoring.ClassStatistics;
import org.spectralsignatures.scoring.ScoringResult;

/** What the node 'Spectral Signature Scorer' does. */
final class SpectralSignatureScorerNodeModel {

    private SpectralSignatureScorerNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final SpectralSignatureScorerNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        output.setOutSpecs(scores(parameters.m_variant, null, null).spec(), StatisticsTable.schema(parameters.m_variant).spec());
    }

    /** Whether a verdict follows from more than the scores, so that it has to stand beside them. */
    private static boolean bringsVerdict(final Variant variant) {
        return variant == Variant.ENSEMBLE || variant == Variant.SCAN;
    }

    /** @param doubt why nothing follows where nothing is found; null if it does */
    private static TableSchema scores(final Variant variant, final List<String> classes, final String doubt) {
        final TableSchema scores = TableSchema.of(classes == null ? Scores.LABEL : Scores.LABEL.listing(classes),
            doubt == null ? Scores.SCORE : Scores.SCORE.noting(Scores.DOUBT, doubt), Scores.RANK);
        return bringsVerdict(variant) ? scores.and(Scores.APART, Scores.VERDICT) : scores;
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final SpectralSignatureScorerNodeParameters parameters = input.getParameters();
        final ActivationsPortObject activations = input.getInPortObject(0);
        final ExecutionContext exec = input.getExecutionContext();
        final ScoreExplorer.Kept tables = NodeTask.execute(exec, monitor -> {
            final Engines.Choice choice = EngineSearch.find(parameters.m_device.device(), monitor);
            final var use = new DeviceUse(choice.engine());
            try (var matrix = activations.open().on(use)) {
                final ActivationsPortObject.Rows rows = activations.rows(matrix, monitor);
                final TrainingFacts training = activations.getSpec().training();
                final JudgedScores judged = JudgedScores.of(parameters, matrix, activations.getSpec().positions(), training, rows, monitor);
                final ScoringResult result = judged.result();
                final var warnings = new Warnings();
                warnings.add(choice.note());
                final List<String> unclear = result.statistics().stream().filter(s -> !s.directionCertain()).map(ClassStatistics::label).toList();
                if (!unclear.isEmpty()) {
                    warnings.add("Singular values lie so close together that their directions, and with them the scores, are"
                        + " not certain in the class(es) " + String.join(", ", unclear) + ".");
                }
                warnings.show(output::setWarningMessage);
                final BufferedDataTable scores =
                    scores(rows, judged, scores(parameters.m_variant, rows.classes(), training == null ? null : training.doubt()), exec);
                return new ScoreExplorer.Kept(scores, StatisticsTable.table(judged, parameters.m_variant, exec),
                    rows.poisoned() == null ? null : poisoned(rows.poisoned(), exec), ViewFacts.ofEngine(use.describe(), exec));
            }
        });
        output.setOutData(tables.scores(), tables.statistics());
        output.setInternalData(tables.tables());
    }

    /** Indices of the poisoned rows, for the view. */
    private static BufferedDataTable poisoned(final BitSet rows, final ExecutionContext exec) throws CanceledExecutionException {
        final TableWriter table = ScoreExplorer.POISONED.writer(exec);
        for (int i = rows.nextSetBit(0); i >= 0; i = rows.nextSetBit(i + 1)) {
            exec.checkCanceled();
            table.add("Row " + i, ScoreExplorer.ROW.of(i));
        }
        return table.table();
    }

    private static BufferedDataTable scores(final ActivationsPortObject.Rows rows, final JudgedScores judged, final TableSchema schema,
        final ExecutionContext exec) throws CanceledExecutionException {
        final TableWriter table = schema.writer(exec);
        final boolean verdicts = schema.columns().contains(Scores.VERDICT);
        final BitSet apart = apart(judged.suspicions());
        final List<String> words = judged.suspicions().stream().map(s -> s.verdict().text()).toList();
        for (int i = 0; i < rows.labels().length; i++) {
            exec.checkCanceled();
            final var entries = new ArrayList<Column.Entry>(List.of(Scores.LABEL.of(rows.classes().get(rows.labels()[i])),
                Scores.SCORE.of(judged.result().scores()[i]), Scores.RANK.of(judged.result().ranks()[i])));
            if (verdicts) {
                entries.add(Scores.APART.of(apart.get(i)));
                entries.add(Scores.VERDICT.of(words.get(rows.labels()[i])));
            }
            table.add(rows.keys().get(i), entries.toArray(Column.Entry[]::new));
        }
        return table.table();
    }

    /** The images that stand apart in classes that are called poisoned. */
    private static BitSet apart(final List<Suspicion> suspicions) {
        final var apart = new BitSet();
        suspicions.stream().filter(Suspicion::poisoned).flatMapToInt(s -> Arrays.stream(s.apart())).forEach(apart::set);
        return apart;
    }
}
