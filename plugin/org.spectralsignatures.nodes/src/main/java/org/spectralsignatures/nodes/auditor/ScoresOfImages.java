package org.spectralsignatures.nodes.auditor;

import java.io.IOException;

import org.knime.core.data.DataRow;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.Scores;

/** Finds the score of each image by its Row ID. */
final class ScoresOfImages {

    private ScoresOfImages() {
    }

    /**
     * @param images all images
     * @param columns of the images
     * @param table of scores
     * @param monitor asked for each row
     * @return {@code [n]}, the scores in the order of the images
     * @throws IOException if an image has no score, or the score of another label; the message names it
     * @throws TaskCancelledException if the monitor said so
     */
    static double[] find(final BufferedDataTable images, final ImageTableSpec columns, final BufferedDataTable table, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final Scores byKey = Scores.read(table, monitor);
        final var scores = new double[Math.toIntExact(images.size())];
        try (var rows = images.filter(TableFilter.materializeCols(columns.labelColumn())).iterator()) {
            for (int i = 0; rows.hasNext(); i++) {
                monitor.checkCancelled();
                final DataRow row = rows.next();
                final Scores.Scored scored = byKey.of(row);
                final String label = ImageTables.label(row, columns);
                if (!scored.label().equals(label)) {
                    throw new IOException("Row '%s' has the label '%s', but was scored as '%s': score the same table.".formatted(row.getKey().getString(), label, scored.label()));
                }
                scores[i] = scored.score();
            }
        }
        return scores;
    }
}
