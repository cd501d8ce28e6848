package org.spectralsignatures.nodes.scorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.scorer.SpectralSignatureScorerNodeParameters.Variant;
import org.spectralsignatures.nodes.table.Scores;
import org.spectralsignatures.nodes.task.NodeTask;
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
        output.setOutSpecs(scoresSpec(parameters.m_variant, null, null), statisticsSpec(parameters.m_variant));
    }

    /** Whether a verdict follows from more than the scores, so that it has to stand beside them. */
    private static boolean bringsVerdict(final Variant variant) {
        return variant == Variant.ENSEMBLE || variant == Variant.SCAN;
    }

    /** @param doubt why nothing follows where nothing is found; null if it does */
    private static DataTableSpec scoresSpec(final Variant variant, final List<String> classes, final String doubt) {
        final var label = new DataColumnSpecCreator("Label", StringCell.TYPE);
        if (classes != null) {
            label.setDomain(new DataColumnDomainCreator(classes.stream().map(StringCell::new).toArray(DataCell[]::new)).createDomain());
        }
        final var score = new DataColumnSpecCreator(Scores.SCORE, DoubleCell.TYPE);
        if (doubt != null) {
            score.setProperties(new DataColumnProperties(Map.of(Scores.DOUBT, doubt)));
        }
        final var spec = new DataTableSpecCreator();
        spec.addColumns(label.createSpec(), score.createSpec(), new DataColumnSpecCreator("Rank in class", IntCell.TYPE).createSpec());
        if (bringsVerdict(variant)) {
            spec.addColumns(new DataColumnSpecCreator(Scores.APART, BooleanCell.TYPE).createSpec(),
                new DataColumnSpecCreator(Scores.VERDICT, StringCell.TYPE).createSpec());
        }
        return spec.createSpec();
    }

    private static DataTableSpec statisticsSpec(final Variant variant) {
        final var spec = new DataTableSpecCreator();
        spec.addColumns(new DataColumnSpecCreator("Label", StringCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Rows", IntCell.TYPE).createSpec());
        for (String name : List.of("Norm of mean", "Singular value 1", "Singular value 2", "Singular value 3", "Explained variance",
            "Mean score", "Maximum score")) {
            spec.addColumns(new DataColumnSpecCreator(name, DoubleCell.TYPE).createSpec());
        }
        spec.addColumns(new DataColumnSpecCreator("Iterations", IntCell.TYPE).createSpec(),
            new DataColumnSpecCreator(variant == Variant.SCAN ? "J*" : "Tail test", DoubleCell.TYPE).createSpec(), new DataColumnSpecCreator("p-value", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Cut-off score", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Rows above cut-off", IntCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Evidence", StringCell.TYPE).createSpec(), new DataColumnSpecCreator("Verdict", StringCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Suspicion rank", IntCell.TYPE).createSpec());
        return spec.createSpec();
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final SpectralSignatureScorerNodeParameters parameters = input.getParameters();
        final ActivationsPortObject activations = input.getInPortObject(0);
        final ExecutionContext exec = input.getExecutionContext();
        final BufferedDataTable[] tables = NodeTask.execute(exec, monitor -> {
            try (var matrix = activations.open()) {
                final ActivationsPortObject.Rows rows = activations.rows(matrix, monitor);
                final TrainingFacts training = activations.getSpec().training();
                final JudgedScores judged = JudgedScores.of(parameters, matrix, activations.getSpec().positions(), training, rows, monitor);
                final ScoringResult result = judged.result();
                final List<String> unclear = result.statistics().stream().filter(s -> !s.directionCertain()).map(ClassStatistics::label).toList();
                if (!unclear.isEmpty()) {
                    output.setWarningMessage("Singular values lie so close together that their directions, and with them the scores, are"
                        + " not certain in the class(es) " + String.join(", ", unclear) + ".");
                }
                final BufferedDataTable scores =
                    scores(rows, judged, scoresSpec(parameters.m_variant, rows.classes(), training == null ? null : training.doubt()), exec);
                final BufferedDataTable statistics = statistics(judged, parameters.m_variant, exec);
                return rows.poisoned() == null ? new BufferedDataTable[]{scores, statistics}
                    : new BufferedDataTable[]{scores, statistics, poisoned(rows.poisoned(), exec)};
            }
        });
        output.setOutData(tables[0], tables[1]);
        output.setInternalData(tables);
    }

    /** Indices of the poisoned rows, for the view. */
    private static BufferedDataTable poisoned(final BitSet rows, final ExecutionContext exec) throws CanceledExecutionException {
        final BufferedDataContainer container =
            exec.createDataContainer(new DataTableSpec(new DataColumnSpecCreator("Row", IntCell.TYPE).createSpec()));
        for (int i = rows.nextSetBit(0); i >= 0; i = rows.nextSetBit(i + 1)) {
            exec.checkCanceled();
            container.addRowToTable(new DefaultRow("Row " + i, new IntCell(i)));
        }
        container.close();
        return container.getTable();
    }

    private static BufferedDataTable scores(final ActivationsPortObject.Rows rows, final JudgedScores judged, final DataTableSpec spec,
        final ExecutionContext exec) throws CanceledExecutionException {
        final BufferedDataContainer container = exec.createDataContainer(spec);
        final boolean verdicts = spec.containsName(Scores.VERDICT);
        final BitSet apart = apart(judged.suspicions());
        final List<StringCell> words = judged.suspicions().stream().map(s -> new StringCell(s.verdict().text())).toList();
        for (int i = 0; i < rows.labels().length; i++) {
            exec.checkCanceled();
            final var cells = new ArrayList<DataCell>(List.of(new StringCell(rows.classes().get(rows.labels()[i])),
                new DoubleCell(judged.result().scores()[i]), new IntCell(judged.result().ranks()[i])));
            if (verdicts) {
                cells.add(apart.get(i) ? BooleanCell.TRUE : BooleanCell.FALSE);
                cells.add(words.get(rows.labels()[i]));
            }
            container.addRowToTable(new DefaultRow(new RowKey(rows.keys().get(i)), cells));
        }
        container.close();
        return container.getTable();
    }

    /** The images that stand apart in classes that are called poisoned. */
    private static BitSet apart(final List<Suspicion> suspicions) {
        final var apart = new BitSet();
        suspicions.stream().filter(Suspicion::poisoned).flatMapToInt(s -> Arrays.stream(s.apart())).forEach(apart::set);
        return apart;
    }

    private static BufferedDataTable statistics(final JudgedScores judged, final Variant variant, final ExecutionContext exec) {
        final BufferedDataContainer container = exec.createDataContainer(statisticsSpec(variant));
        final List<Suspicion> suspicions = judged.suspicions();
        final int[] bySuspicion = IntStream.range(0, suspicions.size()).boxed().sorted(Comparator.comparing(c -> suspicions.get(c).rank()))
            .mapToInt(Integer::intValue).toArray();
        for (int c : bySuspicion) {
            final ClassStatistics s = judged.result().statistics().get(c);
            final Suspicion suspicion = suspicions.get(c);
            // the cut-off of one of several methods is none of the ensemble's scores
            final double cutOff = variant == Variant.ENSEMBLE ? Double.NaN : suspicion.cutOff().score();
            container.addRowToTable(new DefaultRow(s.label(), new StringCell(s.label()), new IntCell(s.rows()), number(s.meanNorm()),
                number(s.singularValues().get(0)), number(s.singularValues().get(1)), number(s.singularValues().get(2)),
                number(s.explainedVariance()), number(s.meanScore()), number(s.maxScore()), new IntCell(s.iterations()),
                number(suspicion.cutOff().statistic()), number(suspicion.cutOff().pValue()), number(cutOff),
                new IntCell(suspicion.cutOff().above()), new StringCell(suspicion.method()), new StringCell(suspicion.verdict().text()),
                new IntCell(suspicion.rank())));
        }
        container.close();
        return container.getTable();
    }

    private static DataCell number(final double value) {
        return Double.isNaN(value) ? DataType.getMissingCell() : new DoubleCell(value);
    }
}
