package org.spectralsignatures.nodes.detection;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataType;
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
import org.spectralsignatures.evaluation.DetectionQuality;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.table.Appended;
import org.spectralsignatures.nodes.table.Scores;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.scoring.ClassSpectrum;

/** What the node 'Detection Evaluator' does. */
final class DetectionEvaluatorNodeModel {

    private static final int IMAGES = 1;

    private static final int ACTIVATIONS = 2;

    private static final int EARLIER = 3;

    /** Of the poison, how many rows the paper removes. */
    private static final double MULTIPLIER = 1.5;

    private DetectionEvaluatorNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final DetectionEvaluatorNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        Scores.check(input.getInTableSpec(0));
        flag(parameters, input.getInTableSpec(IMAGES));
        Appended.check(input.getInTableSpec(EARLIER), detectionSpec(), "detection table of another Detection Evaluator");
        output.setOutSpecs(curvesSpec(), statisticsSpec(), detectionSpec());
    }

    /** @return index of the column that flags poison */
    private static int flag(final DetectionEvaluatorNodeParameters parameters, final DataTableSpec images) throws InvalidSettingsException {
        final DataColumnSpec column = images.getColumnSpec(parameters.m_poisonedColumn);
        if (column == null) {
            throw new InvalidSettingsException("The images have no column '%s', which is to flag the poison: connect the output of a Backdoor Injector."
                .formatted(parameters.m_poisonedColumn) + " Their columns are: " + String.join(", ", images.getColumnNames()) + ".");
        }
        if (!column.getType().isCompatible(BooleanValue.class)) {
            throw new InvalidSettingsException("Column '%s' cannot flag poison: it is no boolean.".formatted(column.getName()));
        }
        return images.findColumnIndex(column.getName());
    }

    private static DataTableSpec spec(final String integers, final String doubles) {
        final var spec = new DataTableSpecCreator();
        spec.addColumns(new DataColumnSpecCreator("Label", StringCell.TYPE).createSpec());
        for (String name : integers.split(", ")) {
            spec.addColumns(new DataColumnSpecCreator(name, IntCell.TYPE).createSpec());
        }
        for (String name : doubles.split(", ")) {
            spec.addColumns(new DataColumnSpecCreator(name, DoubleCell.TYPE).createSpec());
        }
        return spec.createSpec();
    }

    private static DataTableSpec detectionSpec() {
        return spec("Rows, Poison, Removed at 1.5", "AUC, Average precision, Poison left at 1.5, Precision at 1.5, Recall at 1.5");
    }

    private static DataTableSpec curvesSpec() {
        return spec("Removed, Poison removed, Poison left", "Score, Share removed, Precision, Recall, False positive rate");
    }

    private static DataTableSpec statisticsSpec() {
        return spec("Rows", "Norm of mean, Shift of mean, Singular value 1, Singular value 2, Singular value 3");
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final DetectionEvaluatorNodeParameters parameters = input.getParameters();
        final ExecutionContext exec = input.getExecutionContext();
        final BufferedDataTable[] tables = NodeTask.execute(exec, monitor -> {
            final BufferedDataTable images = input.getInTable(IMAGES);
            final Map<String, ScoredClass> classes = ScoredClass.read(images, flag(parameters, images.getDataTableSpec()),
                Scores.read(input.getInTable(0), monitor), monitor);
            final List<String> poisoned = classes.keySet().stream().filter(c -> classes.get(c).poison() > 0).toList();
            if (poisoned.isEmpty()) {
                output.setWarningMessage("No image is flagged in column '%s': there is nothing to detect.".formatted(parameters.m_poisonedColumn));
            }
            final BufferedDataContainer detection = exec.createDataContainer(detectionSpec());
            final BufferedDataContainer curves = exec.createDataContainer(curvesSpec());
            final UnaryOperator<String> name = label -> poisoned.size() == 1 ? parameters.m_name : parameters.m_name + " " + label;
            Appended.copy(input.getInTable(EARLIER), poisoned.stream().map(name).toList(), detection, exec);
            for (String label : poisoned) {
                final DetectionQuality quality = classes.get(label).quality();
                detection.addRowToTable(detection(name.apply(label), label, quality));
                curve(label, quality, curves, exec);
            }
            detection.close();
            curves.close();
            return new BufferedDataTable[]{curves.getTable(),
                statistics(input.getInPortObject(ACTIVATIONS), poisoned, classes, exec, monitor), detection.getTable()};
        });
        output.setOutData(tables[0], tables[1], tables[2]);
        output.setInternalData(tables);
    }

    private static DefaultRow detection(final String name, final String label, final DetectionQuality quality) {
        final int removed = (int)Math.min(quality.rows(), Math.round(MULTIPLIER * quality.poisoned()));
        final double left = quality.poisonLeft(removed);
        return new DefaultRow(name, new StringCell(label), new IntCell(quality.rows()), new IntCell(quality.poisoned()), new IntCell(removed),
            number(quality.auc()), number(quality.averagePrecision()), number(left), number((quality.poisoned() - left) / removed),
            number((quality.poisoned() - left) / quality.poisoned()));
    }

    private static void curve(final String label, final DetectionQuality quality, final BufferedDataContainer curves, final ExecutionContext exec)
        throws CanceledExecutionException {
        for (DetectionQuality.Point point : quality.points()) {
            exec.checkCanceled();
            curves.addRowToTable(new DefaultRow(label + " " + point.removed(), new StringCell(label), new IntCell(point.removed()),
                new IntCell(point.found()), new IntCell(quality.poisoned() - point.found()),
                number(Double.isInfinite(point.score()) ? Double.NaN : point.score()), number((double)point.removed() / quality.rows()),
                number(quality.precision(point)), number(quality.recall(point)), number(quality.falsePositiveRate(point))));
        }
    }

    private static BufferedDataTable statistics(final ActivationsPortObject activations, final List<String> poisoned,
        final Map<String, ScoredClass> classes, final ExecutionContext exec, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final BufferedDataContainer container = exec.createDataContainer(statisticsSpec());
        if (activations != null) {
            try (var matrix = activations.open()) {
                final ActivationsPortObject.Rows rows = activations.rows(matrix, monitor);
                for (String label : poisoned) {
                    monitor.checkCancelled();
                    final ScoredClass scored = classes.get(label);
                    final int[] clean = scored.rows(rows.keys(), false);
                    final ClassSpectrum all = ClassSpectrum.of(matrix, scored.rows(rows.keys(), true), monitor);
                    if (clean.length > 0) {
                        final ClassSpectrum without = ClassSpectrum.of(matrix, clean, monitor);
                        container.addRowToTable(statistics(label + " clean", label, without, Double.NaN));
                        container.addRowToTable(statistics(label + " with poison", label, all, all.shift(without)));
                    } else {
                        container.addRowToTable(statistics(label + " with poison", label, all, Double.NaN));
                    }
                }
            }
        }
        container.close();
        return container.getTable();
    }

    private static DefaultRow statistics(final String key, final String label, final ClassSpectrum spectrum, final double shift) {
        final double[] values = spectrum.singularValues();
        return new DefaultRow(key, new StringCell(label), new IntCell(spectrum.rows()), number(spectrum.meanNorm()), number(shift),
            number(values[0]), number(values[1]), number(values[2]));
    }

    private static DataCell number(final double value) {
        return Double.isNaN(value) ? DataType.getMissingCell() : new DoubleCell(value);
    }
}
