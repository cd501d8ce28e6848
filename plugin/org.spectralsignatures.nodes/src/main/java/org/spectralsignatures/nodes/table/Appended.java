package org.spectralsignatures.nodes.table;

import java.io.IOException;
import java.util.Collection;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;

/** Results that a node appends to those of an earlier node of its kind. */
public final class Appended {

    private Appended() {
    }

    /**
     * @param earlier columns of the earlier results; null if nothing is connected
     * @param spec the columns they should have
     * @param what they should be
     * @throws InvalidSettingsException if they have others
     */
    public static void check(final DataTableSpec earlier, final DataTableSpec spec, final String what) throws InvalidSettingsException {
        if (earlier != null && !earlier.equalStructure(spec)) {
            throw new InvalidSettingsException("The earlier results are no %s: their columns are %s.".formatted(what,
                String.join(", ", earlier.getColumnNames())));
        }
    }

    /**
     * Copies the earlier rows.
     *
     * @param earlier null if nothing is connected
     * @param names row keys that are to be added
     * @param to receives the rows
     * @param exec asked for each row
     * @throws IOException if a name is taken
     */
    public static void copy(final BufferedDataTable earlier, final Collection<String> names, final TableWriter to, final ExecutionContext exec)
        throws IOException, CanceledExecutionException {
        if (earlier == null) {
            return;
        }
        try (var rows = earlier.iterator()) {
            while (rows.hasNext()) {
                exec.checkCanceled();
                final DataRow row = rows.next();
                if (names.contains(row.getKey().getString())) {
                    throw new IOException("The earlier results already have a row '%s': set another 'Name'.".formatted(row.getKey().getString()));
                }
                to.copy(row);
            }
        }
    }
}
