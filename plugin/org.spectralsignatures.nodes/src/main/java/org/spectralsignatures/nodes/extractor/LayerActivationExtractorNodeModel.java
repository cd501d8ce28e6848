package org.spectralsignatures.nodes.extractor;

import java.util.List;

import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.port.ActivationsPortObjectSpec;
import org.spectralsignatures.nodes.port.NetworkPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.NetworkFit;
import org.spectralsignatures.nodes.table.PoisonFlags;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.Pooling;

/** What the node 'Layer Activation Extractor' does. */
final class LayerActivationExtractorNodeModel {

    private static final double DECODING = .1;

    private LayerActivationExtractorNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final LayerActivationExtractorNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final NetworkPortObjectSpec network = input.getInPortSpec(0);
        final ImageTableSpec columns =
            ImageTableSpec.of(input.getInTableSpec(1), parameters.m_imageColumn, parameters.m_labelColumn);
        final var warnings = new Warnings();
        columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
        warnings.show(output::setWarningMessage);
        if (network != null) {
            NetworkFit.check(network.description(), columns);
            output.setOutSpec(0, NodeTask.configure(() -> spec(parameters, network.description())));
        }
    }

    private static ActivationsPortObjectSpec spec(final LayerActivationExtractorNodeParameters parameters, final NetworkDescription network) {
        final LayerInfo layer = network.layer(parameters.m_layer);
        final Pooling pooling = parameters.m_pooling.m_pooling;
        return new ActivationsPortObjectSpec(layer.name(), pooling, pooling.dimensions(layer), network.training())
            .withPositions(pooling == Pooling.FLATTEN ? layer.height() * layer.width() : 1);
    }

    /** What came out, and what computed it. */
    private record Extracted(ActivationsPortObject activations, String engine) {
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final LayerActivationExtractorNodeParameters parameters = input.getParameters();
        final NetworkPortObject network = input.getInPortObject(0);
        final BufferedDataTable table = input.getInTable(1);
        final ExecutionContext exec = input.getExecutionContext();
        final Extracted extracted = NodeTask.execute(exec, monitor -> {
            final ImageTableSpec columns = ImageTableSpec.of(table.getDataTableSpec(), parameters.m_imageColumn, parameters.m_labelColumn);
            final var warnings = new Warnings();
            columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
            final List<String> classes = ImageTables.classes(table, columns, monitor);
            warnings.show(output::setWarningMessage);
            final ActivationsPortObjectSpec spec = spec(parameters, network.getSpec().description());
            final FileStore matrix = exec.createFileStore("activations.npy");
            try (var images = ImageTables.read(table, columns, classes, monitor.part(0, DECODING)); var opened = network.open(parameters.m_device.device(), monitor)) {
                warnings.add(opened.note());
                warnings.show(output::setWarningMessage);
                ActivationExtractor.extract(opened.network(), images, spec.layer(), spec.pooling(), parameters.m_batchSize,
                    matrix.getFile().toPath(), monitor.part(DECODING, 1));
                final var rows = new ActivationsPortObject.Rows(images.classes(), images.labels(), images.keys(), PoisonFlags.of(table, monitor));
                return new Extracted(ActivationsPortObject.create(spec, matrix, rows, exec.createFileStore("rows.bin"), monitor), opened.engine());
            }
        });
        output.setOutData(0, extracted.activations);
        output.setInternalData(NodeTask.execute(exec, monitor -> ExtractedActivations.keep(extracted.activations, extracted.engine, network.getSpec().description(), exec,
            monitor)).tables());
    }
}
