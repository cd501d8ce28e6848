package org.spectralsignatures.network;

import java.util.Set;

/**
 * The numbers of a training that are kept with its network, beside what {@link NetworkOptions} say.
 *
 * @param momentum of heavy-ball gradient descent
 * @param schedule name of the shape of the learning rate, for example {@code ONE_CYCLE}
 * @param peak the highest learning rate
 * @param steps number of steps of the whole training as it was planned
 * @param done number of steps that were made
 */
public record TrainingRecord(double momentum, String schedule, double peak, int steps, int done) {

    /** Names of all schedules. */
    static final Set<String> SCHEDULES = Set.of("ONE_CYCLE", "STEP", "CONSTANT");
}
