package org.spectralsignatures.training;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.image.ImageChannels;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.network.TrainingRecord;
import org.spectralsignatures.network.plan.NetworkPlan;

/**
 * Trains the paper's network from random weights: mini-batch gradient descent with heavy-ball momentum on the softmax
 * cross-entropy plus the weight penalty. The same data, options and seeds give the same weights, bit for bit, on one machine with the
 * same number of threads ({@code OMP_NUM_THREADS}).
 */
public final class Trainer {

    /** One network trains at a time: each uses all cores, and two at once would only take turns in the processor's cache. */
    private static final Semaphore TURN = new Semaphore(1, true);

    private final ImageDataset training;

    private final ImageDataset validation;

    private final NetworkOptions network;

    private final TrainingOptions options;

    private final Engine engine;

    private Trainer(final ImageDataset training, final ImageDataset validation, final NetworkOptions network,
        final TrainingOptions options, final Engine engine) {
        this.engine = engine;
        this.training = training;
        this.validation = validation;
        this.network = network;
        this.options = options;
    }

    /**
     * @param training at least two images
     * @param validation measured after each epoch; null for none
     * @param network the network's choices; size and number of classes are those of the training set; gray and RGB images are turned into
     *            what it takes, see {@link ImageChannels}
     * @param options how to train
     * @param listener hears of each epoch
     * @param monitor progress and cancellation, asked once a batch
     * @return the trained network, to be closed by the caller, and the history
     * @throws TaskCancelledException if the monitor said so; nothing is left behind
     * @throws TrainingDivergedException if the loss is no number or grew beyond use; the message says what to change
     * @throws IllegalArgumentException if data and options do not fit, or a step would take more memory than there is; the message says what
     *             to change
     */
    public static TrainingResult train(final ImageDataset training, final ImageDataset validation, final NetworkOptions network,
        final TrainingOptions options, final TrainingListener listener, final TaskMonitor monitor)
        throws TaskCancelledException, TrainingDivergedException {
        try {
            return of(training, validation, network, options, Engines.get()).inTurn(null, listener, monitor);
        } catch (IOException e) {
            throw new IllegalStateException(e); // without checkpoints there are no files
        }
    }

    /**
     * As above, on an engine that the caller chooses, and with checkpoints: a training that was interrupted, however it was, goes on where the last one was written, and
     * comes to the same bits on the same machine. They are deleted when what it came to is kept. A training that is cancelled writes a last one, unless that would take
     * too long.
     *
     * @param <T> what the keeper makes
     * @param training at least two images
     * @param validation measured after each epoch; null for none
     * @param network the network's choices
     * @param options how to train
     * @param engine that computes it
     * @param checkpoints when and where; null for none
     * @param keeper is given the trained network and the history, that of the epochs before the interruption included; if it throws, the checkpoints stay
     * @param listener hears of each epoch, of where the training went on, and what is wrong with checkpoints
     * @param monitor progress and cancellation, asked once a batch
     * @return what the keeper made
     * @throws IOException if checkpoints cannot be written into the folder, or what is there does not fit the training: the message says what differs and what to do;
     *             or what the keeper throws
     * @throws TaskCancelledException if the monitor said so
     * @throws TrainingDivergedException if the loss is no number or grew beyond use; the message says what to change
     * @throws IllegalArgumentException if data and options do not fit, or a step would take more memory than there is; the message says what
     *             to change
     * @throws IllegalStateException if the engine cannot run; the message says why
     */
    public static <T> T train(final ImageDataset training, final ImageDataset validation, final NetworkOptions network, // NOSONAR
        final TrainingOptions options, final Engine engine, final CheckpointOptions checkpoints, final TrainingResult.Keeper<T> keeper, final TrainingListener listener,
        final TaskMonitor monitor) throws IOException, TaskCancelledException, TrainingDivergedException {
        final Trainer trainer = of(training, validation, network, options, engine);
        if (checkpoints == null) {
            return keep(trainer.inTurn(null, listener, monitor), keeper);
        }
        final Fingerprint fingerprint = Fingerprint.of(training, validation, network, options, engine, monitor);
        try (var files = Checkpoints.open(checkpoints, fingerprint, network.plan(), listener)) {
            final T kept = keep(trainer.inTurn(files, listener, monitor), keeper);
            files.ended(); // not before: a full disk or a cancellation must not cost the training
            return kept;
        }
    }

    private static <T> T keep(final TrainingResult result, final TrainingResult.Keeper<T> keeper) throws IOException, TaskCancelledException {
        try (var network = result.network()) { // NOSONAR closed
            return keeper.keep(result);
        }
    }

    private static Trainer of(final ImageDataset training, final ImageDataset validation, final NetworkOptions network, final TrainingOptions options, final Engine engine) {
        if (training.size() < 2) {
            throw new IllegalArgumentException("Training needs at least 2 images, but there are %d.".formatted(training.size()));
        }
        fit("training", training, network);
        if (validation != null) {
            fit("validation", validation, network);
        }
        return new Trainer(training, validation, network, options, engine);
    }

    private TrainingResult inTurn(final Checkpoints checkpoints, final TrainingListener listener, final TaskMonitor monitor)
        throws IOException, TaskCancelledException, TrainingDivergedException {
        awaitTurn(monitor);
        try {
            return run(checkpoints, listener, monitor);
        } finally {
            TURN.release();
        }
    }

    private static void awaitTurn(final TaskMonitor monitor) throws TaskCancelledException {
        monitor.checkCancelled();
        try {
            if (!TURN.tryAcquire()) {
                monitor.progress(0, "Waiting for another network to be trained");
                while (!TURN.tryAcquire(200, TimeUnit.MILLISECONDS)) {
                    monitor.checkCancelled();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskCancelledException();
        }
    }

    private static void fit(final String what, final ImageDataset data, final NetworkOptions network) {
        if (!ImageChannels.convertible(data.shape(), network.shape()) || data.classes().size() != network.classes()) {
            throw new IllegalArgumentException("The %s images are %s in %d classes, but the network takes %s in %d classes.".formatted(what,
                data.shape().describe(), data.classes().size(), network.shape().describe(), network.classes()));
        }
    }

    private TrainingResult run(final Checkpoints checkpoints, final TrainingListener listener, final TaskMonitor monitor)
        throws IOException, TaskCancelledException, TrainingDivergedException {
        final NetworkPlan plan = network.plan();
        new MemoryCheck(engine, plan, checkpoints == null ? 0 : plan.size() * Float.BYTES).require(Math.min(options.batchSize(), training.size()));
        final CheckpointFolder.Saved saved = checkpoints == null ? null : checkpoints.newest(options.epochs(), options.stepsPerEpoch(training.size()));
        final TrainingSession session = engine.train(plan, saved == null ? engine.initial(plan, network.seed()) : saved.parameters(), options.momentum(),
            network.weightDecay());
        boolean done = false;
        try {
            if (saved != null) {
                session.velocity(saved.velocity());
            }
            final List<EpochResult> history = new TrainingRun(session, plan, training, validation, options, checkpoints, listener, monitor)
                .run(saved == null ? null : saved.checkpoint());
            final var result = new TrainingResult(new TrainedNetwork(description(history.get(history.size() - 1)), plan, record(history.size()), session), history,
                checkpoints == null ? List.of() : List.copyOf(checkpoints.resumptions()));
            done = true;
            return result;
        } catch (TrainingDivergedException e) {
            if (checkpoints != null) {
                checkpoints.ended(); // it would go the same way again
            }
            throw e;
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    private TrainingRecord record(final int epochs) {
        final int steps = options.stepsPerEpoch(training.size());
        return new TrainingRecord(network.seed(), network.weightDecay(), options.momentum(), options.schedule().name(), options.learningRate(),
            steps * options.epochs(), steps * epochs);
    }

    private NetworkDescription description(final EpochResult last) {
        final Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("architecture", network.describe());
        provenance.put("training images", Integer.toString(training.size()));
        provenance.put("epochs", Integer.toString(options.epochs()));
        if (options.mayEndEarly()) {
            provenance.put("training accuracy that ends it", Double.toString(options.enough()));
        }
        provenance.put("batch size", Integer.toString(options.batchSize()));
        provenance.put("schedule", options.schedule().name());
        provenance.put("learning rate", Double.toString(options.learningRate()));
        provenance.put("momentum", Double.toString(options.momentum()));
        provenance.put("weight decay", Double.toString(network.weightDecay()));
        provenance.put("augmentation", options.augmentation().name());
        provenance.put("seed", Long.toString(options.seed()));
        provenance.put("backend", engine.describe());
        provenance.put("java", System.getProperty("java.version"));
        return new NetworkDescription(network.shape(), training.classes(), network.layers(), network.defaultLayer(), provenance,
            new TrainingFacts(last.accuracy(), options.augmentation().crops(), last.epoch(), training.size()));
    }
}
