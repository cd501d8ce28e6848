package org.spectralsignatures.nodes.detection;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.knime.core.data.DataTableSpec;
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
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.Scores;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.scoring.ClassSpectrum;

/** What the node 'Detection Evaluator' does. */
final class DetectionEvaluatorNodeModel {

    private static final int IMAGES = 1;

    private static final int ACTIVATIONS = 2;

    private static final int EARLIER = 3;

    private DetectionEvaluatorNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final DetectionEvaluatorNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        Scores.check(input.getInTableSpec(0));
        flag(parameters, input.getInTableSpec(IMAGES));
        Appended.check(input.getInTableSpec(EARLIER), DetectionTables.DETECTION.spec(), "detection table of another Detection Evaluator");
        output.setOutSpecs(DetectionTables.CURVES.spec(), DetectionTables.SPECTRA.spec(), DetectionTables.DETECTION.spec());
    }

    /** @return the column that flags poison */
    private static Column<Boolean> flag(final DetectionEvaluatorNodeParameters parameters, final DataTableSpec images) throws InvalidSettingsException {
        final Column<Boolean> flag = Column.flag(parameters.m_poisonedColumn);
        if (!images.containsName(flag.name())) {
            throw new InvalidSettingsException("The images have no column '%s', which is to flag the poison: connect the output of a Backdoor Injector."
                .formatted(parameters.m_poisonedColumn) + " Their columns are: " + String.join(", ", images.getColumnNames()) + ".");
        }
        if (!flag.isIn(images)) {
            throw new InvalidSettingsException("Column '%s' cannot flag poison: it is no boolean.".formatted(flag.name()));
        }
        return flag;
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final DetectionEvaluatorNodeParameters parameters = input.getParameters();
        final ExecutionContext exec = input.getExecutionContext();
        final DetectionCurves.Kept tables = NodeTask.execute(exec, monitor -> {
            final BufferedDataTable images = input.getInTable(IMAGES);
            final Map<String, ScoredClass> classes = ScoredClass.read(images, flag(parameters, images.getDataTableSpec()),
                Scores.read(input.getInTable(0), monitor), monitor);
            final List<String> poisoned = classes.keySet().stream().filter(c -> classes.get(c).poison() > 0).toList();
            if (poisoned.isEmpty()) {
                output.setWarningMessage("No image is flagged in column '%s': there is nothing to detect.".formatted(parameters.m_poisonedColumn));
            }
            final TableWriter detection = DetectionTables.DETECTION.writer(exec);
            final TableWriter curves = DetectionTables.CURVES.writer(exec);
            final UnaryOperator<String> name = label -> poisoned.size() == 1 ? parameters.m_name : parameters.m_name + " " + label;
            Appended.copy(input.getInTable(EARLIER), poisoned.stream().map(name).toList(), detection, exec);
            for (String label : poisoned) {
                final DetectionQuality quality = classes.get(label).quality();
                DetectionTables.detection(name.apply(label), label, quality, detection);
                DetectionTables.curve(label, quality, curves, exec);
            }
            return new DetectionCurves.Kept(curves.table(), spectra(input.getInPortObject(ACTIVATIONS), poisoned, classes, exec, monitor), detection.table());
        });
        output.setOutData(tables.curves(), tables.spectra(), tables.detection());
        output.setInternalData(tables.tables());
    }

    private static BufferedDataTable spectra(final ActivationsPortObject activations, final List<String> poisoned,
        final Map<String, ScoredClass> classes, final ExecutionContext exec, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final TableWriter table = DetectionTables.SPECTRA.writer(exec);
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
                        DetectionTables.spectrum(label + " clean", label, without, Double.NaN, table);
                        DetectionTables.spectrum(label + " with poison", label, all, all.shift(without), table);
                    } else {
                        DetectionTables.spectrum(label + " with poison", label, all, Double.NaN, table);
                    }
                }
            }
        }
        return table.table();
    }
}
