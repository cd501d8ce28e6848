package org.spectralsignatures.training;

import java.util.List;

import org.spectralsignatures.network.TrainedNetwork;

/**
 * The outcome of a training.
 *
 * @param network the trained network, to be closed by the caller
 * @param history one entry for each epoch that was trained, at least one; fewer than the options allow where the accuracy was enough
 * @param resumptions where it went on from a checkpoint, in their order; empty if it was not interrupted
 */
public record TrainingResult(TrainedNetwork network, List<EpochResult> history, List<Resumption> resumptions) {
}
