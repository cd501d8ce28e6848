package org.spectralsignatures.nodes.history;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.training.Progress;

/**
 * What the view of a learner shows.
 *
 * @param facts what was trained, in words
 * @param epochs one after another
 * @param validated whether there were validation images
 * @param seconds of the whole training
 * @param imagesPerSecond of the whole training, null if unknown
 * @param verdict what to make of it
 * @param span number of epochs that the verdict compares with as many before
 * @param gain of accuracy between them, null if there is but one epoch
 * @param gap between the accuracies of training and validation, null if unknown
 * @param ended why the training ended before its last epoch, null if it did not
 * @param doubt why a backdoor may not have been learned, and what to do; null where nothing speaks for that, or it is not known
 * @param stepLength whether the rates are lengths of steps that an optimiser found, not learning rates that were set
 * @param converged whether the training ended since the loss no longer fell; null where it could not end so
 */
public record LearningHistory(Map<String, String> facts, List<Epoch> epochs, boolean validated, double seconds, Double imagesPerSecond,
    Progress.Verdict verdict, int span, Double gain, Double gap, Ended ended, String doubt,
    boolean stepLength, Boolean converged) {

    /** Name of the fact that holds the number of training images. */
    public static final String IMAGES = "Training images";

    /** Name of the fact whether images were moved about; absent from what earlier versions saved. */
    public static final String CROPS = "Random crops";

    /** Value of a fact that is so. */
    public static final String YES = "yes";

    /** Name of the fact that holds the largest number of epochs, where there may be fewer. */
    public static final String EPOCHS = "Epochs at most";

    /** Name of the fact that holds the training accuracy that is enough, where the training may end by it. */
    public static final String ENOUGH = "Training accuracy that ends it";

    /** Name of the fact where the training went on from a checkpoint. */
    public static final String RESUMED = "Resumed";

    /** Name of the fact whether the training ended since the loss no longer fell, for an optimiser that finds the lengths of its steps. */
    public static final String CONVERGED = "Ended since the loss no longer fell";

    /**
     * The early end of a training.
     *
     * @param epochs that there could have been
     * @param accuracy of the training images that two epochs in a row had reached, 0 to 1
     */
    public record Ended(int epochs, double accuracy) {
    }

    /**
     * An epoch. What is unknown is null.
     *
     * @param epoch counted from 1
     * @param rate learning rate
     * @param loss of the training images
     * @param accuracy of the training images
     * @param validationLoss of the validation images
     * @param validationAccuracy of the validation images
     * @param seconds that it took
     */
    public record Epoch(int epoch, Double rate, Double loss, Double accuracy, Double validationLoss, Double validationAccuracy, Double seconds) {
    }

    /**
     * What the node keeps for its view.
     *
     * @param history a row an epoch, see {@link HistoryTable}
     * @param facts by name
     */
    public record Kept(BufferedDataTable history, BufferedDataTable facts) {

        /** @return what {@link #tables} gave */
        public static Kept of(final BufferedDataTable[] tables) {
            return new Kept(tables[0], tables[1]);
        }

        /** @return what KNIME keeps */
        public BufferedDataTable[] tables() {
            return new BufferedDataTable[]{history, facts};
        }
    }

    /** @return what the node kept */
    public static LearningHistory of(final Kept kept) {
        return of(ViewFacts.read(kept.facts), HistoryTable.SCHEMA.reader(kept.history).list(row -> new Epoch(row.get(HistoryTable.EPOCH), row.find(HistoryTable.RATE),
            row.find(HistoryTable.LOSS), row.find(HistoryTable.ACCURACY), row.find(HistoryTable.VALIDATION_LOSS), row.find(HistoryTable.VALIDATION_ACCURACY),
            row.find(HistoryTable.SECONDS))));
    }

    static LearningHistory of(final Map<String, String> facts, final List<Epoch> epochs) {
        final var progress = Progress.of(values(epochs, Epoch::accuracy), values(epochs, Epoch::validationAccuracy));
        final double seconds = epochs.stream().map(Epoch::seconds).filter(s -> s != null).mapToDouble(Double::doubleValue).sum();
        final Double speed = seconds > 0 ? epochs.size() * Double.parseDouble(facts.get(IMAGES)) / seconds : null;
        return new LearningHistory(facts, epochs, epochs.stream().anyMatch(e -> e.validationAccuracy != null), seconds, speed,
            progress.verdict(), progress.span(), known(progress.gain()), known(progress.gap()), ended(facts, epochs.size()), doubt(facts, epochs),
            facts.containsKey(CONVERGED), facts.containsKey(CONVERGED) ? YES.equals(facts.get(CONVERGED)) : null);
    }

    private static Ended ended(final Map<String, String> facts, final int epochs) {
        if (!facts.containsKey(ENOUGH) || Integer.parseInt(facts.get(EPOCHS)) == epochs) {
            return null;
        }
        return new Ended(Integer.parseInt(facts.get(EPOCHS)), Double.parseDouble(facts.get(ENOUGH)));
    }

    private static String doubt(final Map<String, String> facts, final List<Epoch> epochs) {
        return facts.containsKey(CROPS) ? new TrainingFacts(epochs.get(epochs.size() - 1).accuracy(), YES.equals(facts.get(CROPS)), epochs.size(),
            Long.parseLong(facts.get(IMAGES))).doubt() : null;
    }

    private static double[] values(final List<Epoch> epochs, final Function<Epoch, Double> value) {
        return epochs.stream().map(value).mapToDouble(v -> v == null ? Double.NaN : v).toArray();
    }

    private static Double known(final double value) {
        return Double.isNaN(value) ? null : value;
    }
}
