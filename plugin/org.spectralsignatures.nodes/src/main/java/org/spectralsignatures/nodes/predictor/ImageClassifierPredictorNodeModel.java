package org.spectralsignatures.nodes.predictor;


import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
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
import org.spectralsignatures.evaluation.Predictions;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.nodes.port.NetworkPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.NetworkFit;
import org.spectralsignatures.nodes.task.NodeTask;

/** What the node 'Image Classifier Predictor' does. */
final class ImageClassifierPredictorNodeModel {

    private static final String PREDICTION = "Prediction";

    private static final String PROBABILITY = "Probability";

    private ImageClassifierPredictorNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final ImageClassifierPredictorNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final NetworkPortObjectSpec network = input.getInPortSpec(0);
        final ImageTableSpec columns = ImageTableSpec.ofImages(input.getInTableSpec(1), parameters.m_imageColumn);
        if (network != null) {
            NetworkFit.check(network.description(), columns);
            output.setOutSpec(0, spec(columns.spec(), network.description()));
        }
    }

    private static DataTableSpec spec(final DataTableSpec spec, final NetworkDescription network) throws InvalidSettingsException {
        for (String name : new String[]{PREDICTION, PROBABILITY}) {
            if (spec.containsName(name)) {
                throw new InvalidSettingsException("The table already has a column '" + name + "'. Rename or remove it first.");
            }
        }
        final var prediction = new DataColumnSpecCreator(PREDICTION, StringCell.TYPE);
        prediction.setDomain(
            new DataColumnDomainCreator(network.classes().stream().map(StringCell::new).toArray(DataCell[]::new)).createDomain());
        final var probability = new DataColumnSpecCreator(PROBABILITY, DoubleCell.TYPE);
        probability.setDomain(new DataColumnDomainCreator(new DoubleCell(0), new DoubleCell(1)).createDomain());
        return new DataTableSpecCreator(spec).addColumns(prediction.createSpec(), probability.createSpec()).createSpec();
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final ImageClassifierPredictorNodeParameters parameters = input.getParameters();
        final NetworkPortObject network = input.getInPortObject(0);
        final BufferedDataTable table = input.getInTable(1);
        final ExecutionContext exec = input.getExecutionContext();
        final BufferedDataTable[] tables = NodeTask.execute(exec, monitor -> {
            final NetworkDescription description = network.getSpec().description();
            final ImageTableSpec columns = ImageTableSpec.ofImages(table.getDataTableSpec(), parameters.m_imageColumn);
            final BufferedDataContainer container = exec.createDataContainer(spec(columns.spec(), description));
            final BufferedDataContainer judged = exec.createDataContainer(PredictionExplorer.spec());
            final int truth = PredictionExplorer.labelColumn(columns.spec());
            if (table.size() > 0) {
                final Predictions predictions;
                try (var images = ImageTables.read(table, columns, null, monitor.part(0, .2)); var opened = network.open()) {
                    predictions = Predictor.predict(opened, images, parameters.m_batchSize, monitor.part(.2, 1));
                }
                try (var rows = table.iterator()) {
                    for (int i = 0; rows.hasNext(); i++) {
                        monitor.checkCancelled();
                        final DataRow row = rows.next();
                        final int label = predictions.label(i);
                        container.addRowToTable(new DefaultRow(row.getKey(), ImageTables.append(row,
                            new StringCell(description.classes().get(label)), new DoubleCell(predictions.probability(i, label)))));
                        judged.addRowToTable(new DefaultRow(row.getKey(), PredictionExplorer.label(row, truth),
                            new StringCell(description.classes().get(label)), new DoubleCell(predictions.probability(i, label))));
                    }
                }
            }
            container.close();
            judged.close();
            return new BufferedDataTable[]{container.getTable(), judged.getTable()};
        });
        output.setOutData(0, tables[0]);
        output.setInternalData(tables[1]);
    }
}
