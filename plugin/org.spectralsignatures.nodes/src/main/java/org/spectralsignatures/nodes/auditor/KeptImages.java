package org.spectralsignatures.nodes.auditor;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.table.Warnings;

/** Finds the images that the second network was trained on among all images, by Row ID. */
final class KeptImages {

    private KeptImages() {
    }

    /**
     * @param images all images
     * @param kept the rows that were kept; only their Row IDs are read
     * @param warnings told where the second network has seen all images, or none of a class
     * @param monitor asked for each row
     * @return which of the images were kept
     * @throws IOException if none was kept, or one that is none of the images; the message names it
     * @throws TaskCancelledException if the monitor said so
     */
    static BitSet find(final ImageDataset images, final BufferedDataTable kept, final Warnings warnings, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        if (kept.size() == 0) {
            throw new IOException("The table of kept images is empty: connect the images that the second network was trained on, the output 'Kept' of the Top-k Remover.");
        }
        final BitSet seen = rows(indices(images.keys()), kept, monitor);
        if (seen.cardinality() == images.size()) {
            warnings.add("All images were kept, so that the second network has learned poison as well, if there is any: remove generously first, the top 20% of each class.");
        } else {
            warnings.add(classesWithout(images, seen));
        }
        return seen;
    }

    private static Map<String, Integer> indices(final List<String> keys) {
        final Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            indices.put(keys.get(i), i);
        }
        return indices;
    }

    private static BitSet rows(final Map<String, Integer> indices, final BufferedDataTable kept, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final var seen = new BitSet(indices.size());
        try (var rows = kept.iterator()) {
            while (rows.hasNext()) {
                monitor.checkCancelled();
                final String key = rows.next().getKey().getString();
                final Integer index = indices.get(key);
                if (index == null) {
                    throw new IOException("Row '%s' of the kept images is none of the training images: connect those that a Top-k Remover kept of these training images."
                        .formatted(key));
                }
                seen.set(index);
            }
        }
        return seen;
    }

    private static String classesWithout(final ImageDataset images, final BitSet seen) {
        final var present = new BitSet();
        final var kept = new BitSet();
        for (int i = 0; i < images.size(); i++) {
            present.set(images.label(i));
            kept.set(images.label(i), kept.get(images.label(i)) || seen.get(i));
        }
        present.andNot(kept);
        return present.isEmpty() ? "" : "No image of the class(es) %s was kept: the second network does not know them, and takes all their images for others. Remove fewer."
            .formatted(ClassNames.join(present.stream().mapToObj(images.classes()::get).toList()));
    }
}
