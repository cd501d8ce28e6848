package org.spectralsignatures.training;

import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.Session;
import org.spectralsignatures.image.ImageChannels;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * Shuffles, augments and standardises the training images in a thread of its own, one batch ahead of the training. What a
 * batch holds depends on the seed alone, not on timing.
 */
final class BatchPipeline implements AutoCloseable {

    /**
     * A batch that is ready; valid until the next but one is taken.
     *
     * @param images with their labels
     * @param count how many there are
     */
    record Ready(Batch images, int count) {
    }

    private final ImageShape taken;

    private final ImageDataset data;

    private final TrainingOptions options;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(r -> {
        final var t = new Thread(r, "Spectral Signatures input");
        t.setDaemon(true);
        return t;
    });

    private final Batch[] slots = new Batch[2];

    private final int[] order;

    private final SplittableRandom random;

    private final int stepsPerEpoch;

    private int nextStep;

    /** Place in the order of the first image of the step that was begun last. */
    private int first;

    private Future<Ready> ready;

    /**
     * @param session of a network
     * @param taken shape of the images that it takes; those of the data set can be turned into it
     * @param data training images
     * @param options of the training
     */
    BatchPipeline(final Session session, final ImageShape taken, final ImageDataset data, final TrainingOptions options) {
        this.taken = taken;
        this.data = data;
        this.options = options;
        stepsPerEpoch = options.stepsPerEpoch(data.size());
        random = new SplittableRandom(options.seed());
        order = new int[data.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        final int capacity = Math.min(options.batchSize(), data.size());
        for (int s = 0; s < slots.length; s++) {
            slots[s] = session.batch(capacity);
        }
    }

    /**
     * Goes on behind batches that were taken before, in another process: what is drawn for them is drawn again, which is all that they leave behind. So the
     * number of steps stands for the states of the order and of the random numbers. To be called before the first batch is taken.
     *
     * @param steps of the training that were done
     * @param monitor asked once an epoch
     */
    void skip(final int steps, final TaskMonitor monitor) throws TaskCancelledException {
        while (nextStep < steps) {
            if (nextStep % stepsPerEpoch == 0) {
                monitor.checkCancelled();
            }
            final int count = begin();
            for (int i = 0; i < count; i++) {
                options.augmentation().draw(random);
            }
        }
    }

    /**
     * @return the next batch; the one before stays valid
     * @throws TaskCancelledException if the thread was interrupted
     */
    Ready next() throws TaskCancelledException {
        if (ready == null) {
            ready = thread.submit(this::prepare);
        }
        try {
            final Ready batch = ready.get();
            ready = thread.submit(this::prepare);
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskCancelledException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error; // says what is wrong with the machine: no memory, a disk that is full
            }
            throw new IllegalStateException("Preparing a batch failed: " + e.getCause(), e.getCause());
        }
    }

    /** @return how many images the next step has */
    private int begin() {
        first = nextStep++ % stepsPerEpoch * options.batchSize();
        if (first == 0) {
            shuffle();
        }
        return Math.min(options.batchSize(), order.length - first);
    }

    private Ready prepare() {
        final int count = begin();
        final Batch slot = slots[(nextStep - 1) % slots.length];
        final var original = new byte[data.shape().size()];
        final var changed = new byte[original.length];
        for (int i = 0; i < count; i++) {
            final int image = order[first + i];
            data.copyPixels(image, original, 0);
            Augmentation.apply(original, data.shape(), options.augmentation().draw(random), changed);
            slot.image(i, ImageChannels.convert(changed, data.shape(), taken));
            slot.label(i, data.label(image));
        }
        return new Ready(slot, count);
    }

    /** Fisher-Yates. */
    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            final int j = random.nextInt(i + 1);
            final int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        boolean ended = false;
        while (!ended) {
            try {
                ended = thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return; // the slots stay for the collector: the thread may still write to them
            }
        }
        for (Batch slot : slots) {
            slot.close();
        }
    }
}
