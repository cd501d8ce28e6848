package org.spectralsignatures.nodes.evaluator;

import java.io.IOException;
import java.util.List;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.nodes.evaluator.BackdoorEvaluatorNodeModel.Rates;
import org.spectralsignatures.nodes.table.Appended;

/** One row an attack, laid out as the paper's Table 2. */
final class Summary {

    private Summary() {
    }

    static DataTableSpec spec() {
        return new DataTableSpec(new DataColumnSpecCreator("Nat 1", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Pois 1", DoubleCell.TYPE).createSpec(), new DataColumnSpecCreator("Poison", IntCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Poison left", IntCell.TYPE).createSpec(), new DataColumnSpecCreator("Nat 2", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Pois 2", DoubleCell.TYPE).createSpec(), new DataColumnSpecCreator("Std Pois", DoubleCell.TYPE).createSpec());
    }

    static void checkEarlier(final DataTableSpec earlier) throws InvalidSettingsException {
        Appended.check(earlier, spec(), "summary of another Backdoor Evaluator");
    }

    /** What is null is missing in the table. */
    static BufferedDataTable table(final BufferedDataTable earlier, final String name, final Rates before, final Rates after,
        final Rates reference, final PoisonCounts counts, final ExecutionContext exec) throws IOException, CanceledExecutionException {
        final BufferedDataContainer container = exec.createDataContainer(spec());
        Appended.copy(earlier, List.of(name), container, exec);
        final DataCell missing = DataType.getMissingCell();
        container.addRowToTable(new DefaultRow(name, percent(before.accuracy()), percent(before.success()),
            counts.before() == null ? missing : new IntCell(counts.before().intValue()),
            counts.left() == null ? missing : new IntCell(counts.left().intValue()),
            after == null ? missing : percent(after.accuracy()), after == null ? missing : percent(after.success()),
            reference == null ? missing : percent(reference.success())));
        container.close();
        return container.getTable();
    }

    /** Without the rounding errors of a product by 100. */
    private static DataCell percent(final double share) {
        return new DoubleCell(Math.round(share * 1e8) / 1e6);
    }
}
