package org.spectralsignatures.nodes.applier;

import java.util.List;
import java.util.Map;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.def.DefaultRow;
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
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.nodes.port.TriggerPortObject;
import org.spectralsignatures.nodes.port.TriggerPortObjectSpec;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.view.ViewFacts;

/** What the node 'Trigger Applier' does. */
final class TriggerApplierNodeModel {

    static final String IMAGE_COLUMN = "Image column";

    static final String LABEL_COLUMN = "Label column";

    private TriggerApplierNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final TriggerApplierNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final ImageTableSpec columns = ImageTableSpec.of(input.getInTableSpec(0), parameters.m_imageColumn, parameters.m_labelColumn);
        final var warnings = new Warnings();
        columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
        warnings.show(output::setWarningMessage);
        final TriggerPortObjectSpec trigger = input.getInPortSpec(1);
        if (trigger != null) {
            final List<String> classes = columns.classes();
            if (classes != null && !classes.contains(trigger.sampleClass())) {
                throw new InvalidSettingsException("The trigger marks images of class '%s', but column '%s' has only the classes %s."
                    .formatted(trigger.sampleClass(), columns.labelName(), String.join(", ", classes)));
            }
            output.setOutSpec(0, columns.asPng().withTarget(trigger.targetClass()));
        }
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final TriggerApplierNodeParameters parameters = input.getParameters();
        final BufferedDataTable table = input.getInTable(0);
        final TriggerPortObject trigger = input.getInPortObject(1);
        final ExecutionContext exec = input.getExecutionContext();
        final var result = NodeTask.execute(exec, monitor -> {
            final ImageTableSpec columns = ImageTableSpec.of(table.getDataTableSpec(), parameters.m_imageColumn, parameters.m_labelColumn);
            final BufferedDataContainer container = exec.createDataContainer(columns.asPng().withTarget(trigger.getSpec().targetClass()));
            long done = 0;
            try (var rows = table.iterator()) {
                while (rows.hasNext()) {
                    monitor.checkCancelled();
                    final DataRow row = rows.next();
                    if (ImageTables.label(row, columns).equals(trigger.getSpec().sampleClass())) {
                        final DecodedImage image = ImageTables.decode(row, columns);
                        trigger.trigger().mark(image.pixels(), image.shape());
                        final DataCell[] cells = ImageTables.append(row);
                        cells[columns.imageColumn()] = ImageTables.cell(image.pixels(), image.shape());
                        container.addRowToTable(new DefaultRow(row.getKey(), cells));
                    }
                    if (++done % 200 == 0) {
                        monitor.progress((double)done / table.size(), "Row %d of %d".formatted(done, table.size()));
                    }
                }
            }
            container.close();
            final var warnings = new Warnings();
            columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
            if (container.size() == 0) {
                warnings.add("The table has no image of the sample class '%s'.".formatted(trigger.getSpec().sampleClass()));
            }
            warnings.show(output::setWarningMessage);
            return container.getTable();
        });
        output.setOutData(0, result);
        output.setInternalData(result, ViewFacts.write(Map.of(IMAGE_COLUMN, parameters.m_imageColumn, LABEL_COLUMN, parameters.m_labelColumn), exec));
    }
}
