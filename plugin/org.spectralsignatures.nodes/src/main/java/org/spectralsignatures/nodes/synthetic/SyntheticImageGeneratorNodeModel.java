package org.spectralsignatures.nodes.synthetic;

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
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.synthetic.SyntheticImageGenerator;

/** What the node 'Synthetic Image Generator' does. */
final class SyntheticImageGeneratorNodeModel {

    /** What comes out. */
    private record Tables(BufferedDataTable training, BufferedDataTable test) {
    }

    private SyntheticImageGeneratorNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final SyntheticImageGeneratorNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final DataTableSpec spec = spec(new SyntheticImageGenerator(parameters.options()));
        output.setOutSpecs(spec, spec);
    }

    private static DataTableSpec spec(final SyntheticImageGenerator generator) {
        return ImageTableSpec.create(generator.shape(), generator.classNames());
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final SyntheticImageGeneratorNodeParameters parameters = input.getParameters();
        final ExecutionContext exec = input.getExecutionContext();
        final var tables = NodeTask.execute(exec, monitor -> {
            final var generator = new SyntheticImageGenerator(parameters.options());
            final int total = (parameters.m_imagesPerClass + parameters.m_testImagesPerClass) * generator.classNames().size();
            return new Tables(generate(generator, false, parameters.m_imagesPerClass, exec, 0, total),
                generate(generator, true, parameters.m_testImagesPerClass, exec, total - parameters.m_testImagesPerClass * generator.classNames().size(), total));
        });
        output.setOutData(tables.training, tables.test);
        output.setInternalData(tables.training, tables.test);
    }

    private static BufferedDataTable generate(final SyntheticImageGenerator generator, final boolean test, final int perClass,
        final ExecutionContext exec, final int before, final int total) throws CanceledExecutionException {
        final ImageTableSpec.ImageWriter images = ImageTableSpec.writer(generator.shape(), generator.classNames(), exec);
        int done = before;
        for (int c = 0; c < generator.classNames().size(); c++) {
            final String label = generator.classNames().get(c);
            for (int i = 0; i < perClass; i++) {
                exec.checkCanceled();
                images.add(label + "/" + i, generator.image(test, c, i), label);
                if (++done % 100 == 0) {
                    exec.setProgress((double)done / total, "Generated " + done + " of " + total + " images");
                }
            }
        }
        return images.table();
    }
}
