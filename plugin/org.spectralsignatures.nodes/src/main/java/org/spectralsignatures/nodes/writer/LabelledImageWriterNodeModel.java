package org.spectralsignatures.nodes.writer;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

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
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.writer.ImageSetWriter;
import org.spectralsignatures.writer.SetContents;
import org.spectralsignatures.writer.SetLayout;
import org.spectralsignatures.writer.WriteReport;
import org.spectralsignatures.writer.WriterOptions;

/** What the node 'Labelled Image Writer' does. */
final class LabelledImageWriterNodeModel {

    /** Index of the input. */
    private static final int CONCLUSION = 2;

    private LabelledImageWriterNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final LabelledImageWriterNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final WriterOptions options = NodeTask.configure(() -> {
            final WriterOptions wanted = parameters.options();
            ImageSetWriter.check(wanted);
            return wanted;
        });
        final var warnings = new Warnings();
        ImageRows.kept(input.getInTableSpec(0), parameters, options, warnings);
        final DataTableSpec removed = input.getInTableSpec(1);
        if (removed != null) {
            ImageRows.removed(removed, parameters, options);
        }
        if (input.getInTableSpec(CONCLUSION) != null) {
            ConclusionText.check(input.getInTableSpec(CONCLUSION));
        }
        warnings.show(output::setWarningMessage);
        output.setOutSpec(0, FilesTable.SCHEMA.spec());
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final LabelledImageWriterNodeParameters parameters = input.getParameters();
        final ExecutionContext exec = input.getExecutionContext();
        final BufferedDataTable kept = input.getInTable(0);
        final BufferedDataTable removed = input.getInTable(1);
        final BufferedDataTable conclusion = input.getInTable(CONCLUSION);
        final BufferedDataTable result = NodeTask.execute(exec, monitor -> {
            final WriterOptions options = parameters.options();
            final var warnings = new Warnings();
            final ImageRows keptRows = ImageRows.kept(kept.getDataTableSpec(), parameters, options, warnings);
            final var files = new FilesTable(exec);
            try (var writer = new ImageSetWriter(options, contents(kept, removed, keptRows, options, monitor), monitor)) {
                keptRows.forEach(kept, image -> files.add(image, writer.add(image)));
                if (removed != null) {
                    ImageRows.removed(removed.getDataTableSpec(), parameters, options).forEach(removed, image -> files.add(image, writer.add(image)));
                }
                if (conclusion != null) {
                    ConclusionText.check(conclusion.getDataTableSpec());
                    writer.conclude(ConclusionText.lines(conclusion, monitor));
                }
                final WriteReport report = writer.finish();
                report.notes().forEach(warnings::add);
                if (report.kept() == 0) {
                    warnings.add("No image was kept: the set that was written is empty.");
                }
                monitor.progress(1, counts(report, options));
            }
            warnings.show(output::setWarningMessage);
            return files.table();
        });
        output.setOutData(0, result);
    }

    private static SetContents contents(final BufferedDataTable kept, final BufferedDataTable removed, final ImageRows rows, final WriterOptions options,
        final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final boolean numbered = options.needsImages() && options.layout() != SetLayout.CLASS_FOLDERS;
        return new SetContents(numbered ? ImageTables.classes(kept, rows.columns(), monitor) : List.of(), kept.size(), removed == null ? -1 : removed.size());
    }

    private static String counts(final WriteReport report, final WriterOptions options) {
        return String.format(Locale.ROOT, "%,d images kept, %,d removed; %,d written to '%s'", report.kept(), report.removed(), report.files(), options.folder());
    }
}
