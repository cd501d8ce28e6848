package org.spectralsignatures.nodes.evaluator;

import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.spectralsignatures.evaluation.AttackRates;
import org.spectralsignatures.evaluation.Predictions;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.nodes.evaluator.MetricsTable.Stage;
import org.spectralsignatures.nodes.port.NetworkPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.NetworkFit;
import org.spectralsignatures.nodes.table.TableRows;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.view.ViewFacts;

/** What the node 'Backdoor Evaluator' does. */
final class BackdoorEvaluatorNodeModel {

    private static final int CLEAN = 1;

    private static final int MARKED = 2;

    private static final int KEPT = 5;

    private static final int EARLIER = 6;

    private static final int TRAINING = 7;

    /** What comes out; the last two are for the view. */
    private record Tables(BufferedDataTable metrics, BufferedDataTable summary, BufferedDataTable confusions, BufferedDataTable curves,
        BufferedDataTable facts) {
    }

    private BackdoorEvaluatorNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final BackdoorEvaluatorNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final ImageTableSpec clean = columns(parameters, input.getInTableSpec(CLEAN));
        final DataTableSpec markedSpec = input.getInTableSpec(MARKED);
        final ImageTableSpec marked = markedSpec == null ? null : columns(parameters, markedSpec);
        final var warnings = new Warnings();
        warn(parameters, clean, warnings);
        if (marked != null) {
            warn(parameters, marked, warnings);
        }
        warnings.show(output::setWarningMessage);
        for (Stage stage : Stage.values()) {
            final NetworkPortObjectSpec network = input.getInPortSpec(stage.port);
            if (network != null) {
                NetworkFit.check(network.description(), clean);
                if (marked != null) {
                    NetworkFit.check(network.description(), marked);
                    NodeTask.configure(() -> target(parameters, marked, network.description()));
                }
            }
        }
        flag(parameters, input.getInTableSpec(KEPT), "kept");
        flag(parameters, input.getInTableSpec(TRAINING), "poisoned training");
        Summary.checkEarlier(input.getInTableSpec(EARLIER));
        output.setOutSpecs(MetricsTable.SCHEMA.spec(), Summary.SCHEMA.spec());
    }

    private static ImageTableSpec columns(final BackdoorEvaluatorNodeParameters parameters, final DataTableSpec spec) throws InvalidSettingsException {
        return ImageTableSpec.of(spec, parameters.m_imageColumn, parameters.m_labelColumn);
    }

    private static void warn(final BackdoorEvaluatorNodeParameters parameters, final ImageTableSpec columns, final Warnings warnings)
        throws InvalidSettingsException {
        columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
    }

    private static int target(final BackdoorEvaluatorNodeParameters parameters, final ImageTableSpec marked, final NetworkDescription network)
        throws IOException {
        final String target = parameters.m_targetClass.isEmpty() ? marked.target() : parameters.m_targetClass;
        if (target.isEmpty()) {
            throw new IOException("The marked images do not say which class they are to be taken for: set 'Target class'.");
        }
        final int index = network.classes().indexOf(target);
        if (index < 0) {
            throw new IOException("The network knows no class '%s'. Its classes are %s.".formatted(target, ClassNames.join(network.classes())));
        }
        return index;
    }

    private static void flag(final BackdoorEvaluatorNodeParameters parameters, final DataTableSpec table, final String what)
        throws InvalidSettingsException {
        if (table != null) {
            NodeTask.configure(() -> PoisonCounts.flag(parameters.m_poisonedColumn, table, what));
        }
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final BackdoorEvaluatorNodeParameters parameters = input.getParameters();
        final ExecutionContext exec = input.getExecutionContext();
        final Tables tables = NodeTask.execute(exec, monitor -> {
            final PoisonCounts counts = PoisonCounts.of(parameters.m_poisonedColumn, input.getInTable(TRAINING), input.getInTable(KEPT), monitor);
            final var warnings = new Warnings();
            warn(parameters, columns(parameters, input.getInTable(CLEAN).getDataTableSpec()), warnings);
            warn(parameters, columns(parameters, input.getInTable(MARKED).getDataTableSpec()), warnings);
            warnings.add(counts.reason());
            warnings.add(ofTarget(parameters, input.getInTable(MARKED)));
            final var metrics = new MetricsTable(exec);
            final Map<Stage, AttackRates> all = new EnumMap<>(Stage.class);
            final var judged = new JudgedImages(exec);
            final var engines = new LinkedHashSet<String>(); // networks from elsewhere have another one
            for (Stage stage : Stage.values()) {
                final NetworkPortObject network = input.getInPortObject(stage.port);
                if (network != null) {
                    final AttackRates rates = rates(parameters, input, stage, judged, engines, warnings, monitor.part(stage.ordinal() / 3., (stage.ordinal() + 1) / 3.));
                    all.put(stage, rates);
                    metrics.add(stage, rates, counts);
                }
            }
            final BufferedDataTable summary = Summary.table(input.getInTable(EARLIER), parameters.m_name, all.get(Stage.BEFORE),
                all.get(Stage.AFTER), all.get(Stage.REFERENCE), counts, exec);
            warnings.show(output::setWarningMessage);
            return new Tables(metrics.table(), summary, judged.confusions(), judged.curves(),
                ViewFacts.ofEngine(String.join("; ", engines), exec));
        });
        output.setOutData(tables.metrics, tables.summary);
        output.setInternalData(new BackdoorReport.Kept(tables.metrics, tables.confusions, tables.curves, tables.facts).tables());
    }

    private static AttackRates rates(final BackdoorEvaluatorNodeParameters parameters, final ExecuteInput input, final Stage stage,
        final JudgedImages judged, final Set<String> engines, final Warnings warnings, final TaskMonitor monitor)
        throws IOException, TaskCancelledException, InvalidSettingsException {
        final BufferedDataTable clean = input.getInTable(CLEAN);
        final BufferedDataTable marked = input.getInTable(MARKED);
        final NetworkPortObject network = input.getInPortObject(stage.port);
        try (var opened = network.open(parameters.m_device.device(), monitor)) {
            warnings.add(opened.note());
            engines.add(opened.engine());
            final NetworkDescription description = opened.network().description();
            final ImageTableSpec cleanColumns = columns(parameters, clean.getDataTableSpec());
            final ImageTableSpec markedColumns = columns(parameters, marked.getDataTableSpec());
            final int target = target(parameters, markedColumns, description);
            final Predictions ofClean;
            final int[] labels;
            final double accuracy;
            try (var images = ImageTables.read(clean, cleanColumns, description.classes(), monitor.part(0, .2))) {
                ofClean = Predictor.predict(opened.network(), images, parameters.m_batchSize, monitor.part(.2, .7));
                accuracy = ofClean.accuracy(images);
                labels = images.labels();
            }
            try (var images = ImageTables.read(marked, ImageTableSpec.ofImages(markedColumns.spec(), parameters.m_imageColumn), null,
                monitor.part(.7, .8))) {
                final Predictions ofMarked = Predictor.predict(opened.network(), images, parameters.m_batchSize, monitor.part(.8, 1));
                judged.add(stage.key, description.classes(), target, ofClean, labels, ofMarked,
                    JudgedImages.labels(marked, markedColumns.labelColumn(), description.classes(), monitor));
                return new AttackRates(accuracy, ofMarked.rate(target));
            }
        }
    }

    /** A marked image of the target class counts as a success whatever the network learned: the target is checked against the rows. */
    private static String ofTarget(final BackdoorEvaluatorNodeParameters parameters, final BufferedDataTable marked) throws InvalidSettingsException {
        final ImageTableSpec columns = columns(parameters, marked.getDataTableSpec());
        final String target = parameters.m_targetClass.isEmpty() ? columns.target() : parameters.m_targetClass;
        final long[] count = new long[1];
        TableRows.read(marked, (row, i) -> {
            final DataCell label = row.getCell(columns.labelColumn());
            count[0] += !label.isMissing() && ((StringValue)label).getStringValue().equals(target) ? 1 : 0;
        }, columns.labelColumn());
        return count[0] == 0 ? "" : "%d of the %d marked images are of the target class '%s' themselves and count as successes: connect those of a Trigger Applier."
            .formatted(count[0], marked.size(), target);
    }
}
