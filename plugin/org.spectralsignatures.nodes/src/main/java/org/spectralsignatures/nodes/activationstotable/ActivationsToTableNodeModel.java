package org.spectralsignatures.nodes.activationstotable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
import org.spectralsignatures.nodes.activationstotable.ActivationsToTableNodeParameters.Values;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.port.ActivationsPortObjectSpec;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.representation.NpyMatrix;

/** What the node 'Activations to Table' does. */
final class ActivationsToTableNodeModel {

    private static final int MOST_COLUMNS = 10_000;

    private static final int ROWS_A_REPORT = 1000;

    private static final Column<String> LABEL = Column.text(ImageTableSpec.LABEL);

    private static final Column<float[]> LIST = Column.vector("Activations");

    private ActivationsToTableNodeModel() {
    }

    /** The columns of values, and what becomes of them. */
    private record Layout(List<Column<Double>> numbers) {

        static Layout of(final Values values, final int dimensions) {
            if (values == Values.NUMBERS && dimensions > MOST_COLUMNS) {
                throw new IllegalArgumentException("The activations have %d values a row, but a table of numbers may have %d columns of them. Set 'Values' to lists."
                    .formatted(dimensions, MOST_COLUMNS));
            }
            final List<Column<Double>> numbers = new ArrayList<>();
            for (int i = 1; values == Values.NUMBERS && i <= dimensions; i++) {
                numbers.add(Column.number(Integer.toString(i)));
            }
            return new Layout(numbers);
        }

        TableSchema schema(final List<String> classes, final boolean isPoisonKnown) {
            final List<Column<?>> columns = new ArrayList<>();
            columns.add(LABEL.listing(classes));
            if (isPoisonKnown) {
                columns.add(ImageTableSpec.FLAG);
            }
            columns.addAll(numbers.isEmpty() ? List.of(LIST) : numbers);
            return new TableSchema(columns);
        }

        void add(final float[] values, final List<Column.Entry> entries) {
            if (numbers.isEmpty()) {
                entries.add(LIST.of(values));
            }
            for (int i = 0; i < numbers.size(); i++) {
                entries.add(numbers.get(i).of((double)values[i]));
            }
        }
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final ActivationsToTableNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final ActivationsPortObjectSpec spec = input.getInPortSpec(0);
        if (spec != null) {
            NodeTask.configure(() -> Layout.of(parameters.m_values, spec.dimensions()));
        }
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final ActivationsToTableNodeParameters parameters = input.getParameters();
        final ActivationsPortObject activations = input.getInPortObject(0);
        final ExecutionContext exec = input.getExecutionContext();
        output.setOutData(0, NodeTask.execute(exec, monitor -> {
            try (NpyMatrix matrix = activations.open()) {
                return table(matrix, activations.rows(matrix, monitor), Layout.of(parameters.m_values, matrix.columns()), exec, monitor);
            }
        }));
    }

    private static BufferedDataTable table(final NpyMatrix matrix, final ActivationsPortObject.Rows rows, final Layout layout, final ExecutionContext exec,
        final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final TableWriter table = layout.schema(rows.classes(), rows.poisoned() != null).writer(exec);
        final float[] values = new float[matrix.columns()];
        for (int i = 0; i < matrix.rows(); i++) {
            monitor.checkCancelled();
            matrix.readRow(i, values);
            final List<Column.Entry> entries = new ArrayList<>();
            entries.add(LABEL.of(rows.classes().get(rows.labels()[i])));
            if (rows.poisoned() != null) {
                entries.add(ImageTableSpec.FLAG.of(rows.poisoned().get(i)));
            }
            layout.add(values, entries);
            table.add(rows.keys().get(i), entries.toArray(Column.Entry[]::new));
            if (i % ROWS_A_REPORT == 0) {
                monitor.progress((double)i / matrix.rows(), "Row %d of %d".formatted(i, matrix.rows()));
            }
        }
        return table.table();
    }
}
