package org.spectralsignatures.training;

import java.io.IOException;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.network.TrainedNetwork;

/**
 * The outcome of a training.
 *
 * @param network the trained network, to be closed by the caller
 * @param history one entry for each epoch that was trained, at least one; fewer than the options allow where the accuracy was enough
 * @param resumptions where it went on from a checkpoint, in their order; empty if it was not interrupted
 */
public record TrainingResult(TrainedNetwork network, List<EpochResult> history, List<Resumption> resumptions) {

    /**
     * Keeps what a training came to, before its checkpoints are deleted.
     *
     * @param <T> what it makes of it
     */
    @FunctionalInterface
    public interface Keeper<T> {

        /**
         * @param result whose network is closed as soon as this returns
         * @return what the caller of the training is given
         * @throws IOException if it cannot be kept: the training can go on from its last checkpoint then
         * @throws TaskCancelledException if it was told to stop; the same
         */
        T keep(TrainingResult result) throws IOException, TaskCancelledException;
    }
}
