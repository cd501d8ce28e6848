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
import org.spectralsignatures.clustering.Clusters;
import org.spectralsignatures.clustering.KMeans;
import org.spectralsignatures.nodes.activationsreader.ActivationsReaderNodeParameters.Labels;
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
            final boolean makesClusters = parameters.m_labels == Labels.CLUSTERS;
            LabelledRows rows = file.read(matrix.getFile().toPath(), makesClusters ? monitor.part(0, .5) : monitor);
            final var warnings = new Warnings();
            file.notes().forEach(warnings::add);
            if (makesClusters) {
                final Clusters clusters = new KMeans(parameters.m_clusters, parameters.m_seed).find(matrix.getFile().toPath(), monitor.part(.5, 1));
                warnings.add(clusters.note());
                rows = clusters.label(rows);
            }
            warnings.show(output::setWarningMessage);
            return ActivationsPortObject.create(spec(file), matrix, rows, exec.createFileStore("rows.bin"), monitor);
        }));
    }
}
