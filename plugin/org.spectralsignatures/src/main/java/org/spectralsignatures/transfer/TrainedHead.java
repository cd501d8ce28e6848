package org.spectralsignatures.transfer;

import java.util.List;

import org.spectralsignatures.network.DenseHead;
import org.spectralsignatures.training.EpochResult;

/**
 * The outcome of the training of a classifier of vectors.
 *
 * @param head the classifier
 * @param history an entry for each step of the optimiser; its learning rate is the length of the step, as a multiple of the direction, and its loss (without the
 *            penalty) and accuracy are those after the step
 * @param converged whether it ended since the loss no longer fell, not since all epochs were over
 */
public record TrainedHead(DenseHead head, List<EpochResult> history, boolean converged) {

    /** @return share of the training vectors that are classified correctly */
    public double accuracy() {
        return history.get(history.size() - 1).accuracy();
    }
}
