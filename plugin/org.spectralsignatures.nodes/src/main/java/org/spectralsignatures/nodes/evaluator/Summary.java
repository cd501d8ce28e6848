package org.spectralsignatures.nodes.evaluator;

import java.io.IOException;
import java.util.List;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.evaluation.AttackRates;
import org.spectralsignatures.nodes.table.Appended;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;

/** One row an attack, laid out as the paper's Table 2. */
final class Summary {

    private static final Column<Double> ACCURACY_BEFORE = Column.number("Nat 1");

    private static final Column<Double> SUCCESS_BEFORE = Column.number("Pois 1");

    private static final Column<Integer> POISON = Column.integer("Poison");

    private static final Column<Integer> POISON_LEFT = Column.integer("Poison left");

    private static final Column<Double> ACCURACY_AFTER = Column.number("Nat 2");

    private static final Column<Double> SUCCESS_AFTER = Column.number("Pois 2");

    private static final Column<Double> SUCCESS_OF_REFERENCE = Column.number("Std Pois");

    static final TableSchema SCHEMA =
        TableSchema.of(ACCURACY_BEFORE, SUCCESS_BEFORE, POISON, POISON_LEFT, ACCURACY_AFTER, SUCCESS_AFTER, SUCCESS_OF_REFERENCE);

    private Summary() {
    }

    static void checkEarlier(final DataTableSpec earlier) throws InvalidSettingsException {
        Appended.check(earlier, SCHEMA.spec(), "summary of another Backdoor Evaluator");
    }

    /** What is null is missing in the table. */
    static BufferedDataTable table(final BufferedDataTable earlier, final String name, final AttackRates before, final AttackRates after,
        final AttackRates reference, final PoisonCounts counts, final ExecutionContext exec) throws IOException, CanceledExecutionException {
        final TableWriter table = SCHEMA.writer(exec);
        Appended.copy(earlier, List.of(name), table, exec);
        table.add(name, ACCURACY_BEFORE.of(before.accuracyInPercent()), SUCCESS_BEFORE.of(before.successInPercent()), POISON.of(count(counts.before())),
            POISON_LEFT.of(count(counts.left())), ACCURACY_AFTER.of(after == null ? null : after.accuracyInPercent()),
            SUCCESS_AFTER.of(after == null ? null : after.successInPercent()), SUCCESS_OF_REFERENCE.of(reference == null ? null : reference.successInPercent()));
        return table.table();
    }

    private static Integer count(final Long value) {
        return value == null ? null : value.intValue();
    }
}
