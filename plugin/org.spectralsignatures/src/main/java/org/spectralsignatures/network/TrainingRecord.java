package org.spectralsignatures.network;

import java.util.Set;

/**
 * The numbers of a training that are kept with its network.
 *
 * @param seed of the initial weights
 * @param weightDecay lambda of the penalty lambda / 2 * |w|^2 on the kernels
 * @param momentum of heavy-ball gradient descent
 * @param schedule name of the shape of the learning rate, for example {@code ONE_CYCLE}
 * @param peak the highest learning rate
 * @param steps number of steps of the whole training as it was planned
 * @param done number of steps that were made
 */
public record TrainingRecord(long seed, double weightDecay, double momentum, String schedule, double peak, int steps, int done) {

    /** Names of all schedules. */
    public static final Set<String> SCHEDULES = Set.of("ONE_CYCLE", "STEP", "CONSTANT");
}
