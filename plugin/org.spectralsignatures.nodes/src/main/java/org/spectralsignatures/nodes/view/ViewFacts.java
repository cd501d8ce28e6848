package org.spectralsignatures.nodes.view;

import java.util.LinkedHashMap;
import java.util.Map;

import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.TableRows;

/** Names and values as a small table, for what a view has to know of its node beside the node's tables. */
public final class ViewFacts {

    private static final DataTableSpec SPEC = new DataTableSpec(new DataColumnSpecCreator("Value", StringCell.TYPE).createSpec());

    private ViewFacts() {
    }

    /** @return a table of the facts, to be kept by the node */
    public static BufferedDataTable write(final Map<String, String> facts, final ExecutionContext exec) {
        final BufferedDataContainer container = exec.createDataContainer(SPEC);
        facts.forEach((name, value) -> container.addRowToTable(new DefaultRow(name, new StringCell(value))));
        container.close();
        return container.getTable();
    }

    /** @return what was written */
    public static Map<String, String> read(final BufferedDataTable table) {
        final Map<String, String> facts = new LinkedHashMap<>();
        TableRows.read(table, (row, i) -> facts.put(row.getKey().getString(), ((StringValue)row.getCell(0)).getStringValue()), 0);
        return facts;
    }
}
