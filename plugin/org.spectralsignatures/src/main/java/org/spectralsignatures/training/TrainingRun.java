package org.spectralsignatures.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.evaluation.Predictions;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.RemainingTime;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.plan.NetworkPlan;

/** The epochs and steps of a training, from its beginning or from a checkpoint to its end. */
final class TrainingRun {

    /** A mean loss of an epoch above this multiple of the loss of guessing counts as divergence. */
    private static final double DIVERGED = 20;

    private final TrainingSession session;

    private final NetworkPlan plan;

    private final ImageDataset training;

    private final ImageDataset validation;

    private final TrainingOptions options;

    private final Checkpoints checkpoints;

    private final TrainingListener listener;

    private final TaskMonitor monitor;

    private final int steps;

    private final double[] losses;

    private final List<EpochResult> history = new ArrayList<>();

    private RunningEpoch running = new RunningEpoch(Position.before(1));

    private RemainingTime time;

    /**
     * @param session of the network, with the parameters and velocities that it begins or goes on with
     * @param plan of the network
     * @param training images
     * @param validation images, null for none
     * @param options of the training
     * @param checkpoints null for none
     * @param listener hears of each epoch
     * @param monitor progress and cancellation
     */
    TrainingRun(final TrainingSession session, final NetworkPlan plan, final ImageDataset training, final ImageDataset validation, final TrainingOptions options,
        final Checkpoints checkpoints, final TrainingListener listener, final TaskMonitor monitor) {
        this.session = session;
        this.plan = plan;
        this.training = training;
        this.validation = validation;
        this.options = options;
        this.checkpoints = checkpoints;
        this.listener = listener;
        this.monitor = monitor;
        steps = options.stepsPerEpoch(training.size());
        losses = new double[Math.min(options.batchSize(), training.size())];
    }

    /**
     * @param from where it goes on, null for the beginning
     * @return one entry for each epoch
     */
    List<EpochResult> run(final Checkpoint from) throws TaskCancelledException, TrainingDivergedException {
        if (from != null) {
            goOn(from);
        }
        time = RemainingTime.startAt(fraction());
        try (var pipeline = new BatchPipeline(session, plan.input(), training, options)) {
            pipeline.skip(done(), monitor);
            while (true) {
                epoch(pipeline);
                if (ended()) {
                    break;
                }
                running = new RunningEpoch(Position.before(running.number() + 1));
                reached();
            }
        } catch (TaskCancelledException e) {
            if (checkpoints != null) {
                checkpoints.cancelled(running.position(), history, session);
            }
            throw e;
        }
        if (history.size() < options.epochs()) {
            monitor.progress(1, String.format(Locale.ROOT, "Ended after epoch %d of %d, accuracy %.1f %%", history.size(), options.epochs(),
                100 * history.get(history.size() - 1).accuracy()));
        }
        return List.copyOf(history);
    }

    private void goOn(final Checkpoint from) {
        for (EpochResult before : from.history()) {
            tellResumptions(before.epoch());
            history.add(before);
            listener.epochDone(before);
        }
        tellResumptions(from.position().epoch());
        running = new RunningEpoch(from.position());
        monitor.progress(fraction(), "Goes on at epoch %d of %d, step %d of %d".formatted(running.number(), options.epochs(), Math.min(steps, running.steps() + 1), steps));
    }

    private void tellResumptions(final int epoch) {
        checkpoints.resumptions().stream().filter(r -> r.epoch() == epoch).forEach(listener::resumed);
    }

    /** Steps of the training that are done. */
    private int done() {
        return (running.number() - 1) * steps + running.steps();
    }

    private double fraction() {
        return (double)done() / steps / options.epochs();
    }

    private boolean ended() {
        final int n = history.size();
        return n == options.epochs() || options.enough(history.get(n - 1).accuracy(), n < 2 ? Double.NaN : history.get(n - 2).accuracy());
    }

    private void epoch(final BatchPipeline pipeline) throws TaskCancelledException, TrainingDivergedException {
        while (running.steps() < steps) {
            monitor.checkCancelled();
            final BatchPipeline.Ready batch = pipeline.next();
            final double rate = options.schedule().rate(options.learningRate(), done(), steps * options.epochs());
            running.add(losses, batch.count(), session.step(batch.images(), batch.count(), rate, losses));
            checkLoss();
            monitor.progress(fraction(), String.format(Locale.ROOT, "Epoch %d of %s%d, loss %.3f, accuracy %.1f %%%s", running.number(),
                options.mayEndEarly() ? "at most " : "", options.epochs(), running.loss(), 100 * running.accuracy(), left()));
            if (running.steps() < steps) {
                reached();
            }
        }
        final EpochResult result = result();
        history.add(result);
        listener.epochDone(result);
    }

    private EpochResult result() throws TaskCancelledException {
        final double rate = options.schedule().rate(options.learningRate(), running.number() * steps - 1, steps * options.epochs());
        double validationLoss = Double.NaN;
        double validationAccuracy = Double.NaN;
        if (validation != null) {
            final Predictions predictions = Predictor.predict(session, plan.input(), plan.classes(), validation, options.batchSize(), TaskMonitor.none(), monitor);
            validationLoss = predictions.meanLoss(validation);
            validationAccuracy = predictions.accuracy(validation);
        }
        return new EpochResult(running.number(), rate, running.loss(), running.accuracy(), validationLoss, validationAccuracy, running.seconds());
    }

    private void reached() {
        if (checkpoints != null) {
            checkpoints.reached(running.position(), history, session);
        }
    }

    private String left() {
        final long all = (long)training.size() * options.epochs();
        return options.mayEndEarly() ? time.textAtMost(fraction(), all) : time.text(fraction(), all);
    }

    private void checkLoss() throws TrainingDivergedException {
        final double mean = running.loss();
        if (!(mean <= DIVERGED * Math.log(plan.classes()))) {
            throw new TrainingDivergedException(String.format(Locale.ROOT,
                "The training diverged in epoch %d, step %d: the mean loss is %s. Lower the learning rate (now %s) or the momentum (now %s).",
                running.number(), running.steps(), mean, options.learningRate(), options.momentum()));
        }
    }
}
