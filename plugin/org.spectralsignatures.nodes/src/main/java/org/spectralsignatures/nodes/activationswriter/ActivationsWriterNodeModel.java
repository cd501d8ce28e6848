package org.spectralsignatures.nodes.activationswriter;

import java.io.IOException;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.representation.LabelledRows;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.file.VectorFileWriter;

/** What the node 'Activations Writer' does. */
final class ActivationsWriterNodeModel {

    private ActivationsWriterNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final ActivationsWriterNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        NodeTask.configure(() -> {
            parameters.writer().check();
            return null;
        });
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final ActivationsWriterNodeParameters parameters = input.getParameters();
        final ActivationsPortObject activations = input.getInPortObject(0);
        final long rowsNotFinite = NodeTask.execute(input.getExecutionContext(), monitor -> write(activations, parameters.writer(), monitor));
        if (rowsNotFinite > 0) {
            output.setWarningMessage("Rows with values that are infinite or not a number: %d. They were written as they are, and an Activations Reader refuses them."
                .formatted(rowsNotFinite));
        }
    }

    private static long write(final ActivationsPortObject activations, final VectorFileWriter writer, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        try (NpyMatrix matrix = activations.open()) {
            final ActivationsPortObject.Rows rows = activations.rows(matrix, monitor);
            return writer.write(matrix, new LabelledRows(rows.classes(), rows.labels(), rows.keys(), rows.poisoned()), monitor);
        }
    }
}
