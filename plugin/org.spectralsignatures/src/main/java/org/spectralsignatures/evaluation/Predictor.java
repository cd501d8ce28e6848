package org.spectralsignatures.evaluation;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.RemainingTime;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.Backend;
import org.spectralsignatures.network.ImageBatch;
import org.spectralsignatures.network.TrainedNetwork;

/** Classifies images batch by batch. */
public final class Predictor {

    private Predictor() {
    }

    /**
     * @param network a trained network
     * @param images of the shape that it takes
     * @param batchSize images at a time
     * @param monitor progress and cancellation
     * @return the softmax outputs
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if the images have another shape than the network takes
     */
    public static Predictions predict(final TrainedNetwork network, final ImageDataset images, final int batchSize,
        final TaskMonitor monitor) throws TaskCancelledException {
        if (!images.shape().equals(network.description().shape())) {
            throw new IllegalArgumentException("The images are %s, but the network was trained on %s."
                .formatted(images.shape().describe(), network.description().shape().describe()));
        }
        try (var scope = Backend.enter()) {
            return predict(network.graph(), images, batchSize, monitor, monitor);
        }
    }

    /**
     * As above, for a network in training, with separate monitors for progress and for cancellation.
     *
     * @param graph a network with one output
     * @param images of the shape that it takes
     * @param batchSize images at a time
     * @param progress hears how far it is
     * @param cancel asked once a batch
     * @return the softmax outputs
     * @throws TaskCancelledException if the second monitor said so
     */
    public static Predictions predict(final ComputationGraph graph, final ImageDataset images, final int batchSize,
        final TaskMonitor progress, final TaskMonitor cancel) throws TaskCancelledException {
        final int n = images.size();
        float[] all = null;
        int classes = images.classes().size();
        try (var batch = new ImageBatch(Math.max(1, Math.min(batchSize, n)), images.shape())) {
            final var time = RemainingTime.start();
            for (int first = 0; first < n; first += batchSize) {
                cancel.checkCancelled();
                final int count = Math.min(batchSize, n - first);
                try (INDArray output = graph.outputSingle(batch.fill(images, first, count))) {
                    if (all == null) {
                        classes = (int)output.size(1);
                        all = new float[n * classes];
                    }
                    System.arraycopy(output.dup('c').data().asFloat(), 0, all, first * classes, count * classes);
                }
                final double fraction = (double)(first + count) / n;
                progress.progress(fraction, "Classified %d of %d images%s".formatted(first + count, n, time.text(fraction, n)));
            }
        }
        return new Predictions(classes, all == null ? new float[0] : all);
    }
}
