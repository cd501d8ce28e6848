package org.spectralsignatures.engine;

import java.nio.FloatBuffer;

/** A network in training by mini-batch gradient descent with classical (heavy-ball, Polyak 1964) momentum. */
public interface TrainingSession extends PlanSession {

    /**
     * One step on the softmax cross-entropy, with the moments of the batch: v = momentum * v + g, w = w - rate * v, where g is the gradient of
     * the mean loss plus weightDecay * w for kernels. Running moments follow the batch.
     *
     * @param images a batch of this session, with labels
     * @param count how many of its images, from the first on; at least 2, since the moments of one are none
     * @param rate of learning
     * @param losses receives the cross-entropy of each image in nats, before the step
     * @return number of images that were classified correctly, before the step
     */
    int step(Batch images, int count, double rate, double[] losses);

    /**
     * With the parameters all that a training carries from step to step: a new session of the same engine, network and options that is given both goes on
     * as this one would.
     *
     * @return v of each parameter as it is now, {@code [plan.size()]} in the order of the parameters, 0 before the first step and for running moments,
     *         which have none; read-only, valid until the next step or the end of the session
     */
    FloatBuffer velocity();

    /**
     * Sets what {@link #velocity()} gave.
     *
     * @param values {@code [plan.size()]} from the buffer's position on, copied; those of running moments are not looked at
     */
    void velocity(FloatBuffer values);
}
