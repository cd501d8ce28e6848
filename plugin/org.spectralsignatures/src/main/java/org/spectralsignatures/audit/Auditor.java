package org.spectralsignatures.audit;

import java.io.IOException;

import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.TrainedNetwork;

/** Looks for marks that images of a class share and that make a network take other images for the class. */
public final class Auditor {

    private Auditor() {
    }

    /**
     * @param network trained on the images
     * @param images the training set, n of them
     * @param scores {@code [n]}, outlier scores, the higher the more suspicious in the class; they say where to look first
     * @param options level, batch, seed
     * @param monitor progress and cancellation
     * @return what was found
     * @throws IOException if there is no room for what is computed
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if network, images and scores do not fit
     */
    public static Audit audit(final TrainedNetwork network, final ImageDataset images, final double[] scores, final AuditOptions options,
        final TaskMonitor monitor) throws IOException, TaskCancelledException {
        throw new UnsupportedOperationException("in the making");
    }
}
