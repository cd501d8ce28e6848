package org.spectralsignatures.evaluation;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.Session;
import org.spectralsignatures.image.ImageChannels;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.RemainingTime;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.RunnableNetwork;

/** Classifies images batch by batch. */
public final class Predictor {

    private Predictor() {
    }

    /**
     * @param network a trained network
     * @param images of the size that it takes; gray and RGB images are turned into what it takes, see {@link ImageChannels}
     * @param batchSize most images at a time, at least 1; fewer if the network's {@link Session#fitting} says so
     * @param monitor progress and cancellation
     * @return the softmax outputs
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if the images have another size than the network takes, or the batch size is none
     */
    public static Predictions predict(final RunnableNetwork network, final ImageDataset images, final int batchSize,
        final TaskMonitor monitor) throws TaskCancelledException {
        final NetworkDescription known = network.description();
        ImageChannels.require(images.shape(), known.shape());
        return predict(network.session(), known.shape(), known.classes().size(), images, batchSize, monitor, monitor);
    }

    /**
     * As above, for a network in training, with separate monitors for progress and for cancellation.
     *
     * @param session a network on an engine
     * @param taken shape of the images that it takes
     * @param classes number of its classes
     * @param images of the size that it takes
     * @param batchSize most images at a time, at least 1
     * @param progress hears how far it is
     * @param cancel asked once a batch
     * @return the softmax outputs
     * @throws TaskCancelledException if the second monitor said so
     * @throws IllegalArgumentException if the batch size is none
     */
    public static Predictions predict(final Session session, final ImageShape taken, final int classes, final ImageDataset images, final int batchSize, // NOSONAR
        final TaskMonitor progress, final TaskMonitor cancel) throws TaskCancelledException {
        final int n = images.size();
        final int most = session.fitting(Batch.size(batchSize));
        final var all = new float[n * classes];
        final var pixels = new byte[images.shape().size()];
        session.stoppedBy(cancel::isCancelled);
        try (var batch = session.batch(Math.max(1, Math.min(most, n)))) {
            final var time = RemainingTime.start();
            for (int first = 0; first < n; first += most) {
                cancel.checkCancelled();
                final int count = Math.min(most, n - first);
                for (int i = 0; i < count; i++) {
                    images.copyPixels(first + i, pixels, 0);
                    batch.image(i, ImageChannels.convert(pixels, images.shape(), taken));
                }
                session.probabilities(batch, count, all, first * classes);
                final double fraction = (double)(first + count) / n;
                progress.progress(fraction, "Classified %d of %d images%s".formatted(first + count, n, time.text(fraction, n)));
            }
        } catch (IllegalStateException e) {
            cancel.checkCancelled();
            throw e;
        }
        return new Predictions(classes, all);
    }
}
