package org.spectralsignatures.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.evaluation.Predictions;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.image.ImageChannels;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.RemainingTime;
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

    /** A mean loss of an epoch above this multiple of the loss of guessing counts as divergence. */
    private static final double DIVERGED = 20;

    /** One network trains at a time: each uses all cores, and two at once would only take turns in the processor's cache. */
    private static final Semaphore TURN = new Semaphore(1, true);

    private final ImageDataset training;

    private final ImageDataset validation;

    private final NetworkOptions network;

    private final TrainingOptions options;

    private final Engine engine;

    private final double[] losses;

    private double loss;

    private long images;

    private long correct;

    private Trainer(final ImageDataset training, final ImageDataset validation, final NetworkOptions network,
        final TrainingOptions options, final Engine engine) {
        this.engine = engine;
        this.training = training;
        this.validation = validation;
        this.network = network;
        this.options = options;
        losses = new double[Math.min(options.batchSize(), training.size())];
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
        return train(training, validation, network, options, Engines.get(), listener, monitor);
    }

    /**
     * As above, on an engine that the caller chooses.
     *
     * @param training at least two images
     * @param validation measured after each epoch; null for none
     * @param network the network's choices
     * @param options how to train
     * @param engine that computes it
     * @param listener hears of each epoch
     * @param monitor progress and cancellation, asked once a batch
     * @return the trained network, to be closed by the caller, and the history
     * @throws TaskCancelledException if the monitor said so; nothing is left behind
     * @throws TrainingDivergedException if the loss is no number or grew beyond use; the message says what to change
     * @throws IllegalArgumentException if data and options do not fit, or a step would take more memory than there is; the message says what
     *             to change
     * @throws IllegalStateException if the engine cannot run; the message says why
     */
    public static TrainingResult train(final ImageDataset training, final ImageDataset validation, final NetworkOptions network, // NOSONAR
        final TrainingOptions options, final Engine engine, final TrainingListener listener, final TaskMonitor monitor)
        throws TaskCancelledException, TrainingDivergedException {
        if (training.size() < 2) {
            throw new IllegalArgumentException("Training needs at least 2 images, but there are %d.".formatted(training.size()));
        }
        fit("training", training, network);
        if (validation != null) {
            fit("validation", validation, network);
        }
        awaitTurn(monitor);
        try {
            return new Trainer(training, validation, network, options, engine).run(listener, monitor);
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

    private TrainingResult run(final TrainingListener listener, final TaskMonitor monitor)
        throws TaskCancelledException, TrainingDivergedException {
        final NetworkPlan plan = network.plan();
        new MemoryCheck(engine, plan).require(Math.min(options.batchSize(), training.size()));
        final TrainingSession session = engine.train(plan, engine.initial(plan, network.seed()), options.momentum(), network.weightDecay());
        boolean done = false;
        try (var pipeline = new BatchPipeline(session, network.shape(), training, options)) {
            final var history = new ArrayList<EpochResult>();
            final var time = RemainingTime.start();
            double before = Double.NaN;
            boolean enough = false;
            for (int epoch = 1; epoch <= options.epochs() && !enough; epoch++) {
                final EpochResult result = epoch(session, plan, pipeline, epoch, time, monitor);
                history.add(result);
                listener.epochDone(result);
                enough = options.enough(result.accuracy(), before);
                before = result.accuracy();
            }
            if (history.size() < options.epochs()) {
                monitor.progress(1, String.format(Locale.ROOT, "Ended after epoch %d of %d, accuracy %.1f %%", history.size(), options.epochs(), 100 * before));
            }
            done = true;
            return new TrainingResult(new TrainedNetwork(description(history.get(history.size() - 1)), plan, record(history.size()), session),
                List.copyOf(history));
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    private EpochResult epoch(final TrainingSession session, final NetworkPlan plan, final BatchPipeline pipeline, final int epoch,
        final RemainingTime time, final TaskMonitor monitor) throws TaskCancelledException, TrainingDivergedException {
        final long start = System.nanoTime();
        final int steps = options.stepsPerEpoch(training.size());
        loss = 0;
        images = 0;
        correct = 0;
        for (int step = 0; step < steps; step++) {
            monitor.checkCancelled();
            final int done = (epoch - 1) * steps + step + 1;
            step(session, pipeline.next(), options.schedule().rate(options.learningRate(), done - 1, steps * options.epochs()));
            checkLoss(epoch, step);
            final double fraction = (double)done / steps / options.epochs();
            monitor.progress(fraction, String.format(Locale.ROOT, "Epoch %d of %s%d, loss %.3f, accuracy %.1f %%%s", epoch,
                options.mayEndEarly() ? "at most " : "", options.epochs(), loss / images, 100.0 * correct / images, left(time, fraction)));
        }
        final double rate = options.schedule().rate(options.learningRate(), epoch * steps - 1, steps * options.epochs());
        double validationLoss = Double.NaN;
        double validationAccuracy = Double.NaN;
        if (validation != null) {
            final Predictions predictions = Predictor.predict(session, plan.input(), plan.classes(), validation, options.batchSize(), TaskMonitor.none(), monitor);
            validationLoss = predictions.meanLoss(validation);
            validationAccuracy = predictions.accuracy(validation);
        }
        return new EpochResult(epoch, rate, loss / images, (double)correct / images, validationLoss,
            validationAccuracy, (System.nanoTime() - start) / 1e9);
    }

    private void step(final TrainingSession session, final BatchPipeline.Ready batch, final double rate) {
        correct += session.step(batch.images(), batch.count(), rate, losses);
        for (int i = 0; i < batch.count(); i++) {
            loss += losses[i];
        }
        images += batch.count();
    }

    private String left(final RemainingTime time, final double fraction) {
        final long all = (long)training.size() * options.epochs();
        return options.mayEndEarly() ? time.textAtMost(fraction, all) : time.text(fraction, all);
    }

    private void checkLoss(final int epoch, final int step) throws TrainingDivergedException {
        final double mean = loss / images;
        if (!(mean <= DIVERGED * Math.log(network.classes()))) {
            throw new TrainingDivergedException(String.format(Locale.ROOT,
                "The training diverged in epoch %d, step %d: the mean loss is %s. Lower the learning rate (now %s) or the momentum (now %s).",
                epoch, step + 1, mean, options.learningRate(), options.momentum()));
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
