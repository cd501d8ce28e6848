package org.spectralsignatures.nodes.tabletoactivations;

import java.io.IOException;
import java.util.BitSet;
import java.util.stream.IntStream;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.filter.TableFilter;
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
import org.spectralsignatures.clustering.Clusters;
import org.spectralsignatures.clustering.KMeans;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.port.ActivationsPortObjectSpec;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.PoisonFlags;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.tabletoactivations.TableToActivationsNodeParameters.Labels;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.representation.LabelledRows;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.representation.RepresentationBuilder;

/** What the node 'Table to Activations' does. */
final class TableToActivationsNodeModel {

    private TableToActivationsNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final TableToActivationsNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final DataTableSpec table = input.getInTableSpec(0);
        final VectorColumns columns = VectorColumns.of(table, parameters);
        final var warnings = new Warnings();
        labels(table, parameters, warnings);
        warnings.show(output::setWarningMessage);
        if (columns.dimensions() > 0) {
            output.setOutSpec(0, spec(columns, columns.dimensions()));
        }
    }

    /** @return the column of labels; null where none are read */
    private static ImageTableSpec labels(final DataTableSpec table, final TableToActivationsNodeParameters parameters, final Warnings warnings)
        throws InvalidSettingsException {
        if (parameters.m_labels != Labels.COLUMN) {
            return null;
        }
        try {
            return ImageTableSpec.ofLabels(table, parameters.m_labelColumn).warn("", parameters.m_labelColumn, warnings);
        } catch (InvalidSettingsException e) {
            throw new InvalidSettingsException(e.getMessage() + " Where there are no labels, set 'Labels' to one class or to clusters.", e);
        }
    }

    private static ActivationsPortObjectSpec spec(final VectorColumns columns, final int dimensions) {
        return new ActivationsPortObjectSpec(columns.describe(), Pooling.FLATTEN, dimensions);
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final TableToActivationsNodeParameters parameters = input.getParameters();
        final BufferedDataTable table = input.getInTable(0);
        final ExecutionContext exec = input.getExecutionContext();
        output.setOutData(0, NodeTask.execute(exec, monitor -> {
            final VectorColumns columns = VectorColumns.of(table.getDataTableSpec(), parameters);
            final var warnings = new Warnings();
            final ImageTableSpec labels = labels(table.getDataTableSpec(), parameters, warnings);
            final int dimensions = dimensions(table, columns);
            final FileStore matrix = exec.createFileStore("activations.npy");
            final boolean makesClusters = parameters.m_labels == Labels.CLUSTERS;
            LabelledRows rows = read(table, columns, labels, dimensions, matrix, makesClusters ? monitor.part(0, .5) : monitor);
            if (makesClusters) {
                final Clusters clusters = new KMeans(parameters.m_clusters, parameters.m_seed).find(matrix.getFile().toPath(), monitor.part(.5, 1));
                warnings.add(clusters.note());
                rows = clusters.label(rows);
            }
            warnings.show(output::setWarningMessage);
            return ActivationsPortObject.create(spec(columns, dimensions), matrix, rows, exec.createFileStore("rows.bin"), monitor);
        }));
    }

    private static int dimensions(final BufferedDataTable table, final VectorColumns columns) throws IOException {
        try (var rows = table.filter(TableFilter.materializeCols(columns.indices().toArray())).iterator()) {
            if (!rows.hasNext()) {
                throw new IOException("The table has no rows, and so there is nothing to score.");
            }
            return columns.dimensions(rows.next());
        }
    }

    private static LabelledRows read(final BufferedDataTable table, final VectorColumns columns, final ImageTableSpec labels, final int dimensions,
        final FileStore matrix, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final BitSet poisoned = PoisonFlags.of(table, monitor);
        final int[] needed = IntStream.concat(columns.indices(), labels == null ? IntStream.empty() : IntStream.of(labels.labelColumn())).toArray();
        try (var rows = table.filter(TableFilter.materializeCols(needed)).iterator();
                var to = new RepresentationBuilder(matrix.getFile().toPath(), table.size(), dimensions, monitor)) {
            for (int i = 0; rows.hasNext(); i++) {
                final DataRow row = rows.next();
                columns.read(row, to.row());
                to.add(row.getKey().getString(), labels == null ? null : ImageTables.label(row, labels), poisoned == null ? null : poisoned.get(i));
            }
            return to.finish();
        }
    }
}
