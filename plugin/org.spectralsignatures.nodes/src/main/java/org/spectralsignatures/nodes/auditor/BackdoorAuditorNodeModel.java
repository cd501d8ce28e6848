package org.spectralsignatures.nodes.auditor;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.image.ImageValue;
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
import org.spectralsignatures.audit.Audit;
import org.spectralsignatures.audit.AuditedClasses;
import org.spectralsignatures.audit.Auditor;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.port.NetworkPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.RemainingValues;
import org.spectralsignatures.nodes.table.Scores;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.removal.Conclusion;

/** What the node 'Backdoor Auditor' does. */
final class BackdoorAuditorNodeModel {

    static final String LEVEL = "Significance level";

    static final String IMAGE_COLUMN = "Image column";

    static final String SENTENCE = "Conclusion";

    static final String NEXT_STEP = "Next step";

    private static final int IMAGES = 0;

    private static final int NETWORK = 1;

    private static final int SCORES = 2;

    private static final double DECODED = .1;

    private static final double ASKED = .95;

    /** What comes out; the last two are for the view. */
    private record Tables(BufferedDataTable conclusion, BufferedDataTable verdicts, BufferedDataTable suspicious, BufferedDataTable clean, BufferedDataTable marks,
        BufferedDataTable judged, BufferedDataTable facts) {
    }

    /** An audit with the rows that it is of. */
    private record Audited(Audit audit, AuditedClasses classes, JudgedImages images, ImageShape shape, String engine) {
    }

    private BackdoorAuditorNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final BackdoorAuditorNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final ImageTableSpec columns = columns(parameters, input.getInTableSpec(IMAGES));
        final var warnings = new Warnings();
        columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
        final NetworkPortObjectSpec spec = input.getInPortSpec(NETWORK);
        final var network = new AuditedNetwork(spec == null ? null : spec.description());
        network.check(columns);
        Scores.check(input.getInTableSpec(SCORES));
        network.warn(warnings);
        warnings.show(output::setWarningMessage);
        output.setOutSpecs(AuditTables.CONCLUSIONS.spec(), AuditTables.VERDICTS.spec(), SuspiciousRows.SCHEMA.spec(columns.spec()), columns.spec(),
            AuditTables.MARKS.spec());
    }

    private static ImageTableSpec columns(final BackdoorAuditorNodeParameters parameters, final DataTableSpec spec) throws InvalidSettingsException {
        if (parameters.m_imageColumn.isEmpty() && spec.stream().noneMatch(column -> column.getType().isCompatible(ImageValue.class))) {
            throw new InvalidSettingsException("The table has no column of PNG images, in which the Backdoor Auditor looks for marks. For vectors of other data a Spectral"
                + " Signature Scorer by 'Ensemble' gives a verdict on each class. The columns are: " + String.join(", ", spec.getColumnNames()) + ".");
        }
        return ImageTableSpec.of(spec, parameters.m_imageColumn, parameters.m_labelColumn);
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final BackdoorAuditorNodeParameters parameters = input.getParameters();
        final ExecutionContext exec = input.getExecutionContext();
        final BufferedDataTable images = input.getInTable(IMAGES);
        final Tables tables = NodeTask.execute(exec, monitor -> {
            final ImageTableSpec columns = columns(parameters, images.getDataTableSpec());
            final Audited audited = audit(parameters, input, columns, output::setWarningMessage, monitor);
            monitor.progress(ASKED, "Writing the tables");
            return tables(parameters, images, columns, audited, exec);
        });
        output.setOutData(tables.conclusion, tables.verdicts, tables.suspicious, tables.clean, tables.marks);
        output.setInternalData(new AuditExplorer.Kept(images, tables.judged, tables.verdicts, tables.marks, tables.facts).tables());
    }

    private static Audited audit(final BackdoorAuditorNodeParameters parameters, final ExecuteInput input, final ImageTableSpec columns,
        final Consumer<String> warning, final TaskMonitor monitor) throws IOException, TaskCancelledException, InvalidSettingsException {
        final NetworkPortObject trained = input.getInPortObject(NETWORK);
        final BufferedDataTable table = input.getInTable(IMAGES);
        final var network = new AuditedNetwork(trained.getSpec().description());
        network.check(columns);
        final var warnings = new Warnings();
        columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
        network.warn(warnings);
        network.warn(table.size(), warnings);
        final double[] scores = ScoresOfImages.find(table, columns, input.getInTable(SCORES), monitor);
        warnings.show(warning);
        final List<String> classes = network.description().classes();
        try (var images = ImageTables.read(table, columns, classes, monitor.part(0, DECODED)); var opened = trained.open(parameters.m_device.device(), monitor)) {
            warnings.add(opened.note());
            warnings.show(warning);
            final Audit audit = Auditor.audit(opened.network(), images, scores, parameters.options(), monitor.part(DECODED, ASKED));
            final var audited = new AuditedClasses(audit, classes);
            return new Audited(audit, audited, new JudgedImages(audit, audited, List.copyOf(images.keys()), images.labels()), images.shape(),
                opened.engine());
        }
    }

    private static Tables tables(final BackdoorAuditorNodeParameters parameters, final BufferedDataTable table, final ImageTableSpec columns,
        final Audited audited, final ExecutionContext exec) throws CanceledExecutionException {
        final JudgedImages judged = audited.images;
        final Conclusion conclusion = audited.classes.conclusion();
        final BufferedDataTable suspicious =
            SuspiciousRows.table(table, RemainingValues.spec(table, judged::isSuspicious), judged.suspicious(), judged, exec);
        final BufferedDataTable facts = ViewFacts.write(Map.of(LEVEL, Double.toString(parameters.m_level), IMAGE_COLUMN,
            columns.spec().getColumnSpec(columns.imageColumn()).getName(), SENTENCE, conclusion.sentence(), NEXT_STEP, conclusion.nextStep(),
            ViewFacts.ENGINE, audited.engine), exec);
        return new Tables(AuditTables.conclusion(conclusion, exec), AuditTables.verdicts(audited.classes, exec), suspicious, clean(table, judged, exec),
            AuditTables.marks(audited.audit.marks(), audited.classes, audited.shape, exec), judged.table(exec), facts);
    }

    /** The images without those that were taken out; the domains hold what is left. */
    private static BufferedDataTable clean(final BufferedDataTable table, final JudgedImages judged, final ExecutionContext exec) throws CanceledExecutionException {
        final BufferedDataContainer container = exec.createDataContainer(RemainingValues.spec(table, i -> !judged.isTakenOut(i)));
        try (var rows = table.iterator()) {
            for (int i = 0; rows.hasNext(); i++) {
                exec.checkCanceled();
                final DataRow row = rows.next();
                if (!judged.isTakenOut(i)) {
                    container.addRowToTable(row);
                }
            }
        }
        container.close();
        return container.getTable();
    }
}
