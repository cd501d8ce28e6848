package org.spectralsignatures.nodes.table;

import java.io.IOException;
import java.util.BitSet;

import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Which rows of a table of images are flagged as poisoned, where it says so. */
public final class PoisonFlags {

    private PoisonFlags() {
    }

    /** @return indices of the rows that are flagged, in which a missing flag is none; null if the table has no column of flags */
    public static BitSet of(final BufferedDataTable images) {
        if (!ImageTableSpec.FLAG.isIn(images.getDataTableSpec())) {
            return null; // NOSONAR null stands for unknown
        }
        final var poisoned = new BitSet();
        TableReader.of(images, ImageTableSpec.FLAG).forEach((row, i) -> poisoned.set(i, isSet(row)));
        return poisoned;
    }

    /**
     * As the other method, of a table that may take long to read.
     *
     * @param monitor asked for each row
     * @throws TaskCancelledException if the monitor said so
     */
    public static BitSet of(final BufferedDataTable images, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (!ImageTableSpec.FLAG.isIn(images.getDataTableSpec())) {
            return null; // NOSONAR null stands for unknown
        }
        final var poisoned = new BitSet();
        TableReader.of(images, ImageTableSpec.FLAG).forEach(monitor, (row, i) -> poisoned.set(i, isSet(row)));
        return poisoned;
    }

    private static boolean isSet(final TableReader.Row row) {
        return Boolean.TRUE.equals(row.find(ImageTableSpec.FLAG));
    }
}
