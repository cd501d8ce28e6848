package org.spectralsignatures.nodes.scorer;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataType;
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
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.removal.Suspicion;
import org.spectralsignatures.scoring.ClassStatistics;
import org.spectralsignatures.scoring.ScoringResult;
import org.spectralsignatures.scoring.SpectralScorer;

/** What the node 'Spectral Signature Scorer' does. */
final class SpectralSignatureScorerNodeModel {

    private SpectralSignatureScorerNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final SpectralSignatureScorerNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        output.setOutSpecs(scoresSpec(null), statisticsSpec());
    }

    private static DataTableSpec scoresSpec(final List<String> classes) {
        final var label = new DataColumnSpecCreator("Label", StringCell.TYPE);
        if (classes != null) {
            label.setDomain(new DataColumnDomainCreator(classes.stream().map(StringCell::new).toArray(DataCell[]::new)).createDomain());
        }
        return new DataTableSpec(label.createSpec(), new DataColumnSpecCreator("Score", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Rank in class", IntCell.TYPE).createSpec());
    }

    private static DataTableSpec statisticsSpec() {
        final var spec = new DataTableSpecCreator();
        spec.addColumns(new DataColumnSpecCreator("Label", StringCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Rows", IntCell.TYPE).createSpec());
        for (String name : List.of("Norm of mean", "Singular value 1", "Singular value 2", "Singular value 3", "Explained variance",
            "Mean score", "Maximum score")) {
            spec.addColumns(new DataColumnSpecCreator(name, DoubleCell.TYPE).createSpec());
        }
        spec.addColumns(new DataColumnSpecCreator("Iterations", IntCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Tail test", DoubleCell.TYPE).createSpec(), new DataColumnSpecCreator("p-value", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Cut-off score", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Rows above cut-off", IntCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Poisoned", BooleanCell.TYPE).createSpec(),
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
                final ScoringResult result =
                    SpectralScorer.score(matrix, rows.labels(), rows.classes(), rows.keys(), parameters.options(), monitor);
                final List<String> unclear = result.statistics().stream().filter(s -> !s.directionCertain()).map(ClassStatistics::label).toList();
                if (!unclear.isEmpty()) {
                    output.setWarningMessage("Singular values lie so close together that their directions, and with them the scores, are"
                        + " not certain in the class(es) " + String.join(", ", unclear) + ".");
                }
                final List<Suspicion> suspicions = Suspicion.of(rows.labels(), rows.classes().size(), result.scores(), parameters.m_level);
                final BufferedDataTable scores = scores(rows, result, exec);
                final BufferedDataTable statistics = statistics(result.statistics(), suspicions, exec);
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

    private static BufferedDataTable scores(final ActivationsPortObject.Rows rows, final ScoringResult result, final ExecutionContext exec)
        throws CanceledExecutionException {
        final BufferedDataContainer container = exec.createDataContainer(scoresSpec(rows.classes()));
        for (int i = 0; i < rows.labels().length; i++) {
            exec.checkCanceled();
            container.addRowToTable(new DefaultRow(rows.keys().get(i), new StringCell(rows.classes().get(rows.labels()[i])),
                new DoubleCell(result.scores()[i]), new IntCell(result.ranks()[i])));
        }
        container.close();
        return container.getTable();
    }

    private static BufferedDataTable statistics(final List<ClassStatistics> statistics, final List<Suspicion> suspicions,
        final ExecutionContext exec) {
        final BufferedDataContainer container = exec.createDataContainer(statisticsSpec());
        final int[] bySuspicion = IntStream.range(0, statistics.size()).boxed().sorted(Comparator.comparing(c -> suspicions.get(c).rank()))
            .mapToInt(Integer::intValue).toArray();
        for (int c : bySuspicion) {
            final ClassStatistics s = statistics.get(c);
            final Suspicion suspicion = suspicions.get(c);
            container.addRowToTable(new DefaultRow(s.label(), new StringCell(s.label()), new IntCell(s.rows()), number(s.meanNorm()),
                number(s.singularValues().get(0)), number(s.singularValues().get(1)), number(s.singularValues().get(2)),
                number(s.explainedVariance()), number(s.meanScore()), number(s.maxScore()), new IntCell(s.iterations()),
                number(suspicion.cutOff().statistic()), number(suspicion.cutOff().pValue()), number(suspicion.cutOff().score()),
                new IntCell(suspicion.cutOff().above()), suspicion.poisoned() ? BooleanCell.TRUE : BooleanCell.FALSE,
                new IntCell(suspicion.rank())));
        }
        container.close();
        return container.getTable();
    }

    private static DataCell number(final double value) {
        return Double.isNaN(value) ? DataType.getMissingCell() : new DoubleCell(value);
    }
}
