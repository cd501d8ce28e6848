package org.spectralsignatures.nodes.networkwriter;

import java.io.IOException;
import java.nio.file.Path;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.file.Dl4jModel;
import org.spectralsignatures.network.file.NetworkFile;
import org.spectralsignatures.network.onnx.OnnxExport;
import org.spectralsignatures.network.onnx.OnnxNetwork;
import org.spectralsignatures.nodes.networkwriter.NetworkWriterNodeParameters.Format;
import org.spectralsignatures.nodes.port.NetworkPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.storage.WholeFile;

/** What the node 'Network Writer' does. */
final class NetworkWriterNodeModel {

    private NetworkWriterNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final NetworkWriterNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final NetworkPortObjectSpec network = input.getInPortSpec(0);
        NodeTask.configure(() -> {
            WholeFile.check(parameters.file(), parameters.replaces());
            if (network != null) {
                check(network, parameters.m_format);
            }
            return null;
        });
    }

    private static void check(final NetworkPortObjectSpec network, final Format format) throws IOException {
        if (network.reading() != null && format != Format.ONNX) {
            throw new IOException("The network was read from an ONNX file, and can be written as ONNX only. Set 'Format' to ONNX.");
        }
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final NetworkWriterNodeParameters parameters = input.getParameters();
        final NetworkPortObject network = input.getInPortObject(0);
        NodeTask.execute(input.getExecutionContext(), monitor -> {
            check(network.getSpec(), parameters.m_format);
            monitor.progress(0, "Writing the network");
            WholeFile.write(parameters.file(), parameters.replaces(), file -> write(network, parameters.m_format, file, monitor));
            return null;
        });
    }

    private static void write(final NetworkPortObject network, final Format format, final Path file, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final NetworkPortObjectSpec spec = network.getSpec();
        if (spec.reading() != null) {
            OnnxNetwork.write(network.file(), spec.description(), spec.reading(), file, monitor);
            return;
        }
        try (TrainedNetwork opened = network.openTrained()) {
            switch (format) {
                case ONNX -> OnnxExport.write(opened, file);
                case SPECTRAL_SIGNATURES -> NetworkFile.save(opened, file);
                case MODEL_SERIALIZER -> Dl4jModel.write(opened, file);
            }
        }
    }
}
