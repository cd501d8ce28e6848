package org.spectralsignatures.nodes.activationsreader;

import java.io.IOException;

import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.port.ActivationsPortObjectSpec;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.representation.LabelledRows;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.representation.file.VectorFile;

/** What the node 'Activations Reader' does. */
final class ActivationsReaderNodeModel {

    private ActivationsReaderNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final ActivationsReaderNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        output.setOutSpec(0, NodeTask.configure(() -> spec(VectorFile.open(parameters.options()))));
    }

    private static ActivationsPortObjectSpec spec(final VectorFile file) throws IOException {
        return new ActivationsPortObjectSpec(file.name(), Pooling.FLATTEN, file.dimensions());
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final ActivationsReaderNodeParameters parameters = input.getParameters();
        final ExecutionContext exec = input.getExecutionContext();
        output.setOutData(0, NodeTask.execute(exec, monitor -> {
            final VectorFile file = VectorFile.open(parameters.options());
            final FileStore matrix = exec.createFileStore("activations.npy");
            final LabelledRows rows = file.read(matrix.getFile().toPath(), monitor);
            final var warnings = new Warnings();
            file.notes().forEach(warnings::add);
            warnings.show(output::setWarningMessage);
            return ActivationsPortObject.create(spec(file), matrix, rows, exec.createFileStore("rows.bin"), monitor);
        }));
    }
}
