package org.spectralsignatures.nodes.view;

import java.util.LinkedHashMap;
import java.util.Map;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;

/** Names and values as a small table, for what a view has to know of its node beside the node's tables. */
public final class ViewFacts {

    /** Name of the fact what computed it; absent from what earlier versions saved. */
    public static final String ENGINE = "Computed on";

    private static final Column<String> VALUE = Column.text("Value");

    private static final TableSchema SCHEMA = TableSchema.of(VALUE);

    private ViewFacts() {
    }

    /** @return a table of the facts, to be kept by the node */
    public static BufferedDataTable write(final Map<String, String> facts, final ExecutionContext exec) {
        final TableWriter table = SCHEMA.writer(exec);
        facts.forEach((name, value) -> table.add(name, VALUE.of(value)));
        return table.table();
    }

    /**
     * @param engine what computed the results of a node, in words; null if nothing had to be computed
     * @return the same as a table of its own, for nodes that have no other facts to keep
     */
    public static BufferedDataTable ofEngine(final String engine, final ExecutionContext exec) {
        return write(engine == null ? Map.of() : Map.of(ENGINE, engine), exec);
    }

    /**
     * @param facts that a node kept; null where an earlier version kept none
     * @return what computed its results, in words; null where an earlier version did not say, or nothing had to be computed
     */
    public static String engine(final BufferedDataTable facts) {
        return facts == null ? null : read(facts).get(ENGINE);
    }

    /** @return what was written */
    public static Map<String, String> read(final BufferedDataTable table) {
        final Map<String, String> facts = new LinkedHashMap<>();
        SCHEMA.reader(table).forEach((row, i) -> facts.put(row.key(), row.get(VALUE)));
        return facts;
    }
}
