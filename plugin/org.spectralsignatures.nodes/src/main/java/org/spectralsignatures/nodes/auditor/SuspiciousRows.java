package org.spectralsignatures.nodes.auditor;

import java.util.Arrays;
import java.util.Map;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableRows;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;

/** The table of the rows that carry a mark: all columns of the images, which mark, and whether they were taken out. A part of the rows at a time is held. */
final class SuspiciousRows {

    /** Rows that are held at a time, since they are not in the order of the images. */
    private static final int HELD = 1000;

    private static final Column<String> VERDICT = Column.text("Verdict of class");

    /** The columns behind those of the images. */
    static final TableSchema SCHEMA =
        TableSchema.of(JudgedImages.EVIDENCE, JudgedImages.RANK, JudgedImages.MARK, JudgedImages.LOOKS_LIKE, JudgedImages.TAKEN_OUT, VERDICT);

    private SuspiciousRows() {
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
        final TableWriter table = SCHEMA.writer(columns, exec);
        for (int from = 0; from < order.length; from += HELD) {
            final int[] part = Arrays.copyOfRange(order, from, Math.min(order.length, from + HELD));
            exec.checkCanceled();
            final Map<Integer, DataRow> rows = TableRows.at(images, part);
            for (int i : part) {
                exec.checkCanceled();
                table.append(rows.get(i), JudgedImages.EVIDENCE.of(judged.evidence(i)), JudgedImages.RANK.of(judged.rank(i)), JudgedImages.MARK.of(judged.mark(i)),
                    JudgedImages.LOOKS_LIKE.of(judged.looksLike(i)), JudgedImages.TAKEN_OUT.of(judged.isTakenOut(i)), VERDICT.of(judged.verdict(i).text()));
            }
        }
        return table.table();
    }
}
