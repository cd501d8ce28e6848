package org.spectralsignatures.nodes.reader;

import java.io.IOException;
import java.nio.file.Path;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.task.Paths;
import org.spectralsignatures.reader.ArrayOptions;
import org.spectralsignatures.reader.ClassMerge;
import org.spectralsignatures.reader.ImageSetSummary;
import org.spectralsignatures.reader.LabelOptions;
import org.spectralsignatures.reader.LabelledImageReader;
import org.spectralsignatures.reader.ReadReport;
import org.spectralsignatures.reader.ReaderOptions;

/** What the node 'Labelled Image Reader' does. */
final class LabelledImageReaderNodeModel {

    private LabelledImageReaderNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final LabelledImageReaderNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final ImageSetSummary summary = NodeTask.configure(() -> LabelledImageReader.inspect(options(parameters)));
        output.setOutSpecs(ImageTableSpec.create(summary.shape(), summary.classes()), ReportTable.SCHEMA.spec());
    }

    private static ReaderOptions options(final LabelledImageReaderNodeParameters parameters) throws IOException {
        return new ReaderOptions(path(parameters), parameters.m_format.m_format, parameters.m_split.m_split, ClassMerge.names(parameters.m_classes),
            parameters.m_imagesPerClass, ClassMerge.parse(parameters.m_mergedClasses), parameters.m_seed, parameters.m_skipUnreadable,
            parameters.m_classFolder.m_level, parameters.fit(), labels(parameters), arrays(parameters));
    }

    private static ArrayOptions arrays(final LabelledImageReaderNodeParameters parameters) {
        return new ArrayOptions(parameters.m_imagesArray, parameters.m_labelsArray, parameters.m_classNamesArray, parameters.m_axes.m_axes,
            parameters.m_valueRange.m_range);
    }

    private static LabelOptions labels(final LabelledImageReaderNodeParameters parameters) throws IOException {
        return new LabelOptions(parameters.m_namePattern, parameters.m_labelsFile.isBlank() ? null : Paths.resolve(parameters.m_labelsFile),
            parameters.m_fileColumn, parameters.m_classColumn, parameters.m_cropToRegion, parameters.m_imageColumn);
    }

    private static Path path(final LabelledImageReaderNodeParameters parameters) throws IOException {
        if (parameters.m_path.isBlank()) {
            throw new IOException("No path is set. Choose a folder of classes, CIFAR-10 (folder or .tar.gz), a folder of IDX files, NumPy's files (.npz, .npy), or Parquet files.");
        }
        return Paths.resolve(parameters.m_path);
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final LabelledImageReaderNodeParameters parameters = input.getParameters();
        final ExecutionContext exec = input.getExecutionContext();
        final var result = NodeTask.execute(exec, monitor -> {
            final var images = new Object() {
                ImageTableSpec.ImageWriter table;
            };
            final LabelledImageReader reader = LabelledImageReader.open(options(parameters), monitor);
            final ReadReport report = reader.read(image -> ImageTables.cell(image.pixels(), image.shape()), (key, label, shape, image) -> {
                if (images.table == null) {
                    images.table = ImageTableSpec.writer(shape, reader.classes(), exec);
                }
                images.table.add(key, image, label);
            }, monitor);
            final var warnings = new Warnings();
            warnings.add(report.warning());
            warnings.add(report.doubt());
            warnings.show(output::setWarningMessage);
            final BufferedDataTable table = images.table.table();
            return new ReadImages.Kept(table, ReportTable.write(report, exec), PairsTable.write(report.duplicates(), table, exec, monitor),
                NotesTable.write(report.sentences(), exec));
        });
        output.setOutData(result.images(), result.report());
        output.setInternalData(result.tables());
    }
}
