package org.spectralsignatures.nodes.evaluator;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.evaluation.AttackRates;
import org.spectralsignatures.evaluation.RemovalQuality;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;

/** The table of the evaluator that has a row a network: what it does with clean and marked images, and the poison that it was trained on. */
final class MetricsTable {

    static final Column<Double> ACCURACY = Column.number("Clean accuracy");

    static final Column<Double> SUCCESS = Column.number("Attack success rate");

    static final Column<Integer> POISON = Column.integer("Poison in training set");

    static final Column<Integer> REMOVED = Column.integer("Poison removed");

    static final Column<Integer> LEFT = Column.integer("Poison left");

    static final Column<Double> PRECISION = Column.measure("Removal precision");

    static final TableSchema SCHEMA = TableSchema.of(ACCURACY, SUCCESS, POISON, REMOVED, LEFT, PRECISION);

    /** A row of the table. */
    enum Stage {
        /** Trained on poison. */
        BEFORE("before", 0),

        /** Trained on what was kept. */
        AFTER("after", 3),

        /** Never saw poison. */
        REFERENCE("reference", 4);

        /** Of the row. */
        final String key;

        /** Where the network comes in. */
        final int port;

        Stage(final String key, final int port) {
            this.key = key;
            this.port = port;
        }
    }

    private final TableWriter m_table;

    /** Without networks yet. */
    MetricsTable(final ExecutionContext exec) {
        m_table = SCHEMA.writer(exec);
    }

    /** Adds a network. */
    void add(final Stage stage, final AttackRates rates, final PoisonCounts counts) {
        final RemovalQuality removal = counts.removal();
        switch (stage) {
            case REFERENCE -> add(stage, rates, 0L, 0L, 0L, Double.NaN);
            case BEFORE -> add(stage, rates, counts.before(), counts.before() == null ? null : 0L, counts.before(), Double.NaN);
            case AFTER -> add(stage, rates, counts.before(), removal == null ? null : removal.poisonRemoved(), counts.left(),
                removal == null ? Double.NaN : removal.precision());
        }
    }

    private void add(final Stage stage, final AttackRates rates, final Long poison, final Long removed, final Long left, final double precision) {
        m_table.add(stage.key, ACCURACY.of(rates.accuracy()), SUCCESS.of(rates.success()), POISON.of(count(poison)), REMOVED.of(count(removed)), LEFT.of(count(left)),
            PRECISION.of(precision));
    }

    private static Integer count(final Long value) {
        return value == null ? null : value.intValue();
    }

    /** @return all that were added */
    BufferedDataTable table() {
        return m_table.table();
    }
}
