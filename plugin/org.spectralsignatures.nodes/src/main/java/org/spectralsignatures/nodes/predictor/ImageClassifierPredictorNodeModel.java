package org.spectralsignatures.nodes.predictor;

import java.util.List;

import org.knime.core.data.DataRow;
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
import org.spectralsignatures.evaluation.Predictions;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.nodes.port.NetworkPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.NetworkFit;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.view.ViewFacts;

/** What the node 'Image Classifier Predictor' does. */
final class ImageClassifierPredictorNodeModel {

    /** What comes out, and what is kept for the view. */
    private record Tables(BufferedDataTable predicted, BufferedDataTable judged, UnknownLabels unknown, BufferedDataTable facts) {
    }

    private ImageClassifierPredictorNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final ImageClassifierPredictorNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final NetworkPortObjectSpec network = input.getInPortSpec(0);
        final ImageTableSpec columns = ImageTableSpec.ofImages(input.getInTableSpec(1), parameters.m_imageColumn);
        if (network != null) {
            NetworkFit.check(network.description(), columns);
            output.setOutSpec(0, schema(columns.spec(), network.description()).spec(columns.spec()));
        }
    }

    private static TableSchema schema(final DataTableSpec images, final NetworkDescription network) throws InvalidSettingsException {
        for (Column<?> column : List.of(PredictionExplorer.PREDICTION, PredictionExplorer.PROBABILITY)) {
            if (images.containsName(column.name())) {
                throw new InvalidSettingsException("The table already has a column '" + column.name() + "'. Rename or remove it first.");
            }
        }
        return TableSchema.of(PredictionExplorer.PREDICTION.listing(network.classes()), PredictionExplorer.PROBABILITY.within(0., 1.));
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final ImageClassifierPredictorNodeParameters parameters = input.getParameters();
        final NetworkPortObject network = input.getInPortObject(0);
        final BufferedDataTable table = input.getInTable(1);
        final ExecutionContext exec = input.getExecutionContext();
        final var warnings = new Warnings();
        final Tables tables = NodeTask.execute(exec, monitor -> {
            final NetworkDescription description = network.getSpec().description();
            final ImageTableSpec columns = ImageTableSpec.ofImages(table.getDataTableSpec(), parameters.m_imageColumn);
            final TableWriter predicted = schema(columns.spec(), description).writer(columns.spec(), exec);
            final TableWriter judged = PredictionExplorer.SCHEMA.writer(exec);
            final boolean isLabelled = PredictionExplorer.LABEL.isIn(columns.spec());
            final int truth = columns.spec().findColumnIndex(PredictionExplorer.LABEL.name());
            final var unknown = new UnknownLabels(description.classes());
            String engine = null;
            if (table.size() > 0) {
                final Predictions predictions;
                try (var images = ImageTables.read(table, columns, null, monitor.part(0, .2)); var opened = network.open(parameters.m_device.device(), monitor)) {
                    warnings.add(opened.note());
                    engine = opened.engine();
                    warnings.show(output::setWarningMessage);
                    predictions = Predictor.predict(opened.network(), images, parameters.m_batchSize, monitor.part(.2, 1));
                }
                try (var rows = table.iterator()) {
                    for (int i = 0; rows.hasNext(); i++) {
                        monitor.checkCancelled();
                        final DataRow row = rows.next();
                        final int label = predictions.label(i);
                        final Column.Entry prediction = PredictionExplorer.PREDICTION.of(description.classes().get(label));
                        final Column.Entry probability = PredictionExplorer.PROBABILITY.of((double)predictions.probability(i, label));
                        final String labelled = isLabelled ? PredictionExplorer.LABEL.read(row.getCell(truth)) : null;
                        unknown.see(labelled);
                        predicted.append(row, prediction, probability);
                        judged.add(row.getKey().getString(), PredictionExplorer.LABEL.of(labelled), prediction, probability);
                    }
                }
            }
            return new Tables(predicted.table(), judged.table(), unknown, ViewFacts.ofEngine(engine, exec));
        });
        warnings.add(tables.unknown.sentence());
        warnings.show(output::setWarningMessage);
        output.setOutData(0, tables.predicted);
        output.setInternalData(tables.judged, tables.facts);
    }
}
