package org.spectralsignatures.nodes.auditor;

import java.util.Arrays;
import java.util.Map;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.TableRows;

/** The table of the rows that carry a mark: all columns of the images, which mark, and whether they were taken out. A part of the rows at a time is held. */
final class SuspiciousRows {

    /** Rows that are held at a time, since they are not in the order of the images. */
    private static final int HELD = 1000;

    private SuspiciousRows() {
    }

    /** @return the columns, given those of the images */
    static DataTableSpec spec(final DataTableSpec images) {
        return new DataTableSpecCreator(images).addColumns(column(images, "Evidence", DoubleCell.TYPE), column(images, "Rank in class", IntCell.TYPE),
            column(images, "Mark", IntCell.TYPE), column(images, "Looks like", StringCell.TYPE), column(images, "Taken out", BooleanCell.TYPE),
            column(images, "Verdict of class", StringCell.TYPE)).createSpec();
    }

    /** A column of another name where the images have one of that name already, as KNIME's nodes do. */
    private static DataColumnSpec column(final DataTableSpec images, final String name, final DataType type) {
        String free = name;
        for (int i = 1; images.containsName(free); i++) {
            free = "%s (#%d)".formatted(name, i);
        }
        return new DataColumnSpecCreator(free, type).createSpec();
    }

    /**
     * @param images all images
     * @param columns those of the images, with the domains of this part
     * @param order indices of the rows in the order of the table
     * @param judged what was found out about each image
     * @return the table
     */
    static BufferedDataTable table(final BufferedDataTable images, final DataTableSpec columns, final int[] order, final JudgedImages judged,
        final ExecutionContext exec) throws CanceledExecutionException {
        final BufferedDataContainer container = exec.createDataContainer(spec(columns));
        for (int from = 0; from < order.length; from += HELD) {
            final int[] part = Arrays.copyOfRange(order, from, Math.min(order.length, from + HELD));
            exec.checkCanceled();
            final Map<Integer, DataRow> rows = TableRows.at(images, part);
            for (int i : part) {
                exec.checkCanceled();
                final DataRow row = rows.get(i);
                container.addRowToTable(new DefaultRow(row.getKey(), ImageTables.append(row, judged.evidence(i), new IntCell(judged.rank(i)),
                    judged.mark(i), judged.looksLike(i), judged.isTakenOut(i) ? BooleanCell.TRUE : BooleanCell.FALSE, new StringCell(judged.verdict(i).text()))));
            }
        }
        container.close();
        return container.getTable();
    }
}
