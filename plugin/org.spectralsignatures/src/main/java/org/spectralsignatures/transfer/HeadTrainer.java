package org.spectralsignatures.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.spectralsignatures.monitor.RemainingTime;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.training.EpochResult;
import org.spectralsignatures.training.TrainingListener;

/**
 * Trains a small classifier on vectors: softmax regression, or a network with one hidden layer of rectifiers. Values are standardised; what is minimised is the
 * mean cross-entropy plus the weight penalty, by {@link Lbfgs} on all vectors at once. Without a hidden layer and with a penalty there is one minimum, which is
 * found. The same vectors and options give the same classifier, bit for bit, with any number of threads.
 */
public final class HeadTrainer {

    /** A largest slope of the loss at which it counts as minimal. */
    private static final double FLAT = 1e-5;

    /** A loss that falls by less than this share in each of several steps no longer falls. */
    private static final double STILL = 1e-7;

    private static final int STILL_STEPS = 3;

    private static final double MEGABYTE = 1 << 20;

    private final LabelledVectors training;

    private final LabelledVectors validation;

    private final HeadOptions options;

    private final HeadShape shape;

    private double loss;

    private HeadTrainer(final LabelledVectors training, final LabelledVectors validation, final HeadOptions options, final HeadShape shape) {
        this.training = training;
        this.validation = validation;
        this.options = options;
        this.shape = shape;
    }

    /**
     * @param training vectors of at least two classes
     * @param validation other vectors of as many values, measured after each epoch; null for none
     * @param classes number of classes; some may have no vector
     * @param options how to train
     * @param listener hears of each epoch
     * @param monitor progress and cancellation, asked several times a second, by several threads
     * @return the classifier and the history
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if vectors and options do not fit, a value is no number, or it takes more memory than Java may have; the message says what
     *             to change
     */
    public static TrainedHead train(final LabelledVectors training, final LabelledVectors validation, final int classes, final HeadOptions options,
        final TrainingListener listener, final TaskMonitor monitor) throws TaskCancelledException {
        if (training.size() < 2 || Arrays.stream(training.labels()).distinct().count() < 2) {
            throw new IllegalArgumentException("Training needs images of at least two classes, but there are %d image(s) of %d class(es)."
                .formatted(training.size(), Arrays.stream(training.labels()).distinct().count()));
        }
        checkLabels(training, classes);
        final int d = training.matrix().columns();
        if (validation != null) {
            checkLabels(validation, classes);
            if (validation.matrix().columns() != d) {
                throw new IllegalArgumentException("The validation vectors have %d values, but those of the training %d.".formatted(validation.matrix().columns(), d));
            }
        }
        checkMemory(d, options.hidden(), classes, HeadLoss.parts(training.size()));
        return new HeadTrainer(training, validation, options, new HeadShape(d, options.hidden(), classes)).run(listener, monitor);
    }

    private static void checkLabels(final LabelledVectors vectors, final int classes) {
        for (int label : vectors.labels()) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException("A label is %d, but there are %d classes.".formatted(label, classes));
            }
        }
    }

    /** Each step that is remembered has as many numbers as there are parameters, and so has each part's gradient. */
    private static void checkMemory(final int inputs, final int hidden, final int classes, final int parts) {
        final double parameters = (double)inputs * (hidden == 0 ? classes : hidden);
        final double need = parameters * Double.BYTES * (2 * Lbfgs.MEMORY + 8 + parts);
        final long most = Runtime.getRuntime().maxMemory();
        if (need > .7 * most || parameters > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(("A classifier of %d values with %s takes about %.0f MB of memory to train, but Java may have %.0f. Set 'Pooling' to Global"
                + " average, choose a layer of fewer values or fewer hidden units, or give Java more with the option -Xmx.").formatted(inputs,
                    hidden == 0 ? classes + " classes" : hidden + " hidden units", need / MEGABYTE, most / MEGABYTE));
        }
    }

    private TrainedHead run(final TrainingListener listener, final TaskMonitor monitor) throws TaskCancelledException {
        monitor.progress(0, "Looking at the values of %d images".formatted(training.size()));
        final Standardisation standardisation = Standardisation.of(training, monitor);
        if (standardisation.varying() == 0) {
            throw new IllegalArgumentException("The layer gives the same values for all images, so that nothing can be learned from it. Choose another layer.");
        }
        if (validation != null) {
            checkFinite(validation, monitor);
        }
        try (var loss = new HeadLoss(training, standardisation, shape);
                var other = validation == null ? null : new HeadLoss(validation, standardisation, shape)) {
            return run(standardisation, loss, other, listener, monitor);
        }
    }

    private static void checkFinite(final LabelledVectors vectors, final TaskMonitor monitor) throws TaskCancelledException {
        final var row = new float[vectors.matrix().columns()];
        for (int i = 0; i < vectors.size(); i++) {
            if (i % 256 == 0) {
                monitor.checkCancelled();
            }
            Standardisation.read(vectors, i, row);
        }
    }

    private TrainedHead run(final Standardisation standardisation, final HeadLoss losses, final HeadLoss other, final TrainingListener listener,
        final TaskMonitor monitor) throws TaskCancelledException {
        final var optimiser = new Lbfgs((x, gradient) -> penalised(losses, x, gradient, monitor), shape.initial(standardisation.varying(), options.seed()));
        final List<EpochResult> history = new ArrayList<>();
        final var time = RemainingTime.start();
        boolean converged = false;
        int still = 0;
        for (int epoch = 1; epoch <= options.epochs() && !converged; epoch++) {
            final long start = System.nanoTime();
            final double before = optimiser.value();
            final boolean lower = optimiser.step();
            still = before - optimiser.value() <= STILL * before ? still + 1 : 0;
            converged = !lower || optimiser.slope() <= FLAT || still == STILL_STEPS;
            final double validationLoss = other == null ? Double.NaN : other.at(optimiser.point(), null, monitor);
            final var result = new EpochResult(epoch, optimiser.length(), loss, losses.accuracy(), validationLoss,
                other == null ? Double.NaN : other.accuracy(), (System.nanoTime() - start) / 1e9);
            history.add(result);
            listener.epochDone(result);
            final double fraction = (double)epoch / options.epochs();
            monitor.progress(fraction, String.format(Locale.ROOT, "Epoch %d of at most %d, loss %.3f, accuracy %.1f %%%s", epoch, options.epochs(), loss,
                100 * result.accuracy(), time.textAtMost(fraction, (long)training.size() * options.epochs())));
        }
        return new TrainedHead(shape.head(optimiser.point(), standardisation), List.copyOf(history), converged);
    }

    /** The mean cross-entropy, which is kept, plus lambda / 2 times the squared length of the weights. */
    private double penalised(final HeadLoss losses, final double[] parameters, final double[] gradient, final TaskMonitor monitor) throws TaskCancelledException {
        loss = losses.at(parameters, gradient, monitor);
        double squares = 0;
        for (int i = 0; i < parameters.length; i++) {
            if (shape.isWeight(i)) {
                squares += parameters[i] * parameters[i];
                gradient[i] += options.penalty() * parameters[i];
            }
        }
        return loss + options.penalty() / 2 * squares;
    }
}
