package org.spectralsignatures.nodes.evaluator;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.evaluation.RemovalQuality;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.TableReader;

/**
 * Poisoned images, counted in the tables themselves: KNIME hands the properties of a column on through nodes that leave rows out or
 * add some, so that no number can travel with it.
 *
 * @param before in the training set before the removal, null if unknown
 * @param left among the kept images, null if unknown
 * @param removal what was removed, null if unknown
 * @param reason why something is unknown that could be known, empty for nothing
 */
record PoisonCounts(Long before, Long left, RemovalQuality removal, String reason) {

    /** @return the column that flags poison, null where the default column is absent */
    static Column<Boolean> flag(final String name, final DataTableSpec table, final String what) throws IOException {
        final Column<Boolean> flag = Column.flag(name);
        final boolean present = table.containsName(name);
        if (!present && !name.equals(ImageTableSpec.POISONED)) {
            throw new IOException("The %s images have no column '%s'. Their columns are: %s.".formatted(what, name,
                String.join(", ", table.getColumnNames())));
        }
        if (present && !flag.isIn(table)) {
            throw new IOException("Column '%s' of the %s images cannot flag poison: it is no boolean.".formatted(name, what));
        }
        return present ? flag : null;
    }

    /**
     * @param name of the column that flags poison
     * @param training all images that the first network was trained on, null if not connected
     * @param kept those that are left after the removal, null if not connected
     * @throws IOException if the kept images are no part of the training images
     */
    static PoisonCounts of(final String name, final BufferedDataTable training, final BufferedDataTable kept, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final Map<String, Boolean> all = flags(name, training, "poisoned training");
        final Map<String, Boolean> rest = flags(name, kept, "kept");
        final Long before = all == null ? null : poisoned(all);
        final Long left = rest == null ? null : poisoned(rest);
        monitor.checkCancelled();
        if (all == null || kept == null) {
            return new PoisonCounts(before, left, null, reason(name, training, all, kept, rest));
        }
        final Map<String, Boolean> removed = new HashMap<>(all);
        final String[] stranger = new String[1];
        final boolean[] differs = new boolean[1];
        TableReader.of(kept).forEach((row, i) -> {
            final String key = row.key();
            final Boolean flag = removed.remove(key);
            if (flag == null && stranger[0] == null) {
                stranger[0] = key;
            } else if (flag != null && rest != null && !flag.equals(rest.get(key))) {
                differs[0] = true;
            }
        });
        if (stranger[0] != null) {
            return new PoisonCounts(before, left, null, ("Row '%s' of the kept images is none of the poisoned training images, so it is unknown what was"
                + " removed: connect the table that was scored.").formatted(stranger[0]));
        }
        if (differs[0]) {
            return new PoisonCounts(before, left, null,
                "The kept images flag other rows in column '%s' than the poisoned training images, so it is unknown what was removed.".formatted(name));
        }
        final var removal = new RemovalQuality(before, poisoned(removed), removed.size());
        return new PoisonCounts(before, removal.poisonLeft(), removal, "");
    }

    private static String reason(final String name, final BufferedDataTable training, final Map<String, Boolean> all, final BufferedDataTable kept,
        final Map<String, Boolean> rest) {
        if (training != null && all == null) {
            return "The poisoned training images have no column '%s': the numbers of poisoned images are missing.".formatted(name);
        }
        if (kept != null && rest == null) {
            return "The kept images have no column '%s': the numbers of poisoned images are missing.".formatted(name);
        }
        return kept == null ? "" : "Only what is left can be counted in the kept images: connect the poisoned training images to know how much poison"
            + " there was and was removed.";
    }

    private static long poisoned(final Map<String, Boolean> flags) {
        return flags.values().stream().filter(f -> f).count();
    }

    /** By row key; null without a table or a flag. */
    private static Map<String, Boolean> flags(final String name, final BufferedDataTable table, final String what) throws IOException {
        final Column<Boolean> flag = table == null ? null : flag(name, table.getDataTableSpec(), what);
        if (flag == null) {
            return null; // NOSONAR null stands for unknown
        }
        final Map<String, Boolean> flags = new HashMap<>();
        TableReader.of(table, flag).forEach((row, i) -> flags.put(row.key(), Boolean.TRUE.equals(row.find(flag))));
        return flags;
    }
}
