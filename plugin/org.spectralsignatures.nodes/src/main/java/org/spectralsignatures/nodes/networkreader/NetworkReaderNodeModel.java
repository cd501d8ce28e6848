package org.spectralsignatures.nodes.networkreader;

import java.util.List;

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
import org.spectralsignatures.network.onnx.OnnxInspection;
import org.spectralsignatures.nodes.port.NetworkPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;

/** What the node 'Network Reader' does. */
final class NetworkReaderNodeModel {

    private NetworkReaderNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final NetworkReaderNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final DataTableSpec table = input.getInTableSpec(0);
        List<String> labels = List.of();
        if (table != null) {
            final ImageTableSpec columns = ImageTableSpec.ofLabels(table, parameters.m_labelColumn);
            if (columns.classes() == null) {
                return; // they are seen in the rows
            }
            labels = columns.classes();
        }
        final List<String> classes = labels;
        final var warnings = new Warnings();
        final NetworkPortObjectSpec spec = NodeTask.configure(() -> {
            final var network = new ReadNetwork(parameters, classes);
            warn(network.inspect(), warnings);
            return network.spec();
        });
        warnings.show(output::setWarningMessage);
        output.setOutSpec(0, spec);
    }

    private static void warn(final OnnxInspection.Found found, final Warnings warnings) {
        if (found != null) {
            found.notes().forEach(warnings::add);
        }
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final NetworkReaderNodeParameters parameters = input.getParameters();
        final ExecutionContext exec = input.getExecutionContext();
        final BufferedDataTable table = input.getInTable(0);
        final NetworkPortObject result = NodeTask.execute(exec, monitor -> {
            final List<String> labels = table == null ? List.of()
                : ImageTables.classes(table, ImageTableSpec.ofLabels(table.getDataTableSpec(), parameters.m_labelColumn), monitor);
            monitor.progress(0, "Reading the network");
            final var network = new ReadNetwork(parameters, labels);
            final var warnings = new Warnings();
            warn(network.inspect(monitor), warnings);
            warnings.show(output::setWarningMessage);
            monitor.checkCancelled();
            return network.read(exec.createFileStore("network"), monitor);
        });
        output.setOutData(0, result);
    }
}
