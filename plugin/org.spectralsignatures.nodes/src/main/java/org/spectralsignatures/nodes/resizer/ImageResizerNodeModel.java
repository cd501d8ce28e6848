package org.spectralsignatures.nodes.resizer;

import java.io.IOException;
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
import org.spectralsignatures.image.FitLosses;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.view.ViewFacts;

/** What the node 'Image Resizer' does. */
final class ImageResizerNodeModel {

    static final String IMAGE_COLUMN = "Image column";

    private ImageResizerNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final ImageResizerNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final ImageTableSpec columns = ImageTableSpec.ofImages(input.getInTableSpec(0), parameters.m_imageColumn);
        warn(parameters, columns).show(output::setWarningMessage);
        output.setOutSpec(0, columns.withShape(parameters.shape()));
    }

    private static Warnings warn(final ImageResizerNodeParameters parameters, final ImageTableSpec columns) throws InvalidSettingsException {
        final var warnings = new Warnings();
        columns.warn(parameters.m_imageColumn, "", warnings);
        return warnings;
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final ImageResizerNodeParameters parameters = input.getParameters();
        final BufferedDataTable table = input.getInTable(0);
        final ExecutionContext exec = input.getExecutionContext();
        final var result = NodeTask.execute(exec, monitor -> {
            final ImageTableSpec columns = ImageTableSpec.ofImages(table.getDataTableSpec(), parameters.m_imageColumn);
            final Warnings warnings = warn(parameters, columns);
            final BufferedDataContainer container = exec.createDataContainer(columns.withShape(parameters.shape()));
            final FitLosses losses = resize(table, columns, parameters.fit(), container, monitor);
            container.close();
            warnings.add(losses.doubt());
            warnings.show(output::setWarningMessage);
            return container.getTable();
        });
        output.setOutData(0, result);
        output.setInternalData(result, ViewFacts.write(Map.of(IMAGE_COLUMN, parameters.m_imageColumn), exec));
    }

    private static FitLosses resize(final BufferedDataTable table, final ImageTableSpec columns, final ImageFit fit, final BufferedDataContainer to,
        final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final var losses = new FitLosses(fit);
        long done = 0;
        try (var rows = table.iterator()) {
            while (rows.hasNext()) {
                monitor.checkCancelled();
                to.addRowToTable(resize(rows.next(), columns, fit, losses));
                if (++done % 100 == 0) {
                    monitor.progress((double)done / table.size(), "Row %d of %d".formatted(done, table.size()));
                }
            }
        }
        return losses;
    }

    /** A row without an image stays as it is. */
    private static DataRow resize(final DataRow row, final ImageTableSpec columns, final ImageFit fit, final FitLosses losses) throws IOException {
        if (row.getCell(columns.imageColumn()).isMissing()) {
            return row;
        }
        final DecodedImage original = ImageTables.decode(row, columns);
        losses.add(row.getKey().getString(), original.shape(), 1);
        final DecodedImage image = fit.apply(original);
        final DataCell[] cells = ImageTables.append(row);
        cells[columns.imageColumn()] = ImageTables.cell(image.pixels(), image.shape());
        return new DefaultRow(row.getKey(), cells);
    }
}
