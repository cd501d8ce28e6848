package org.spectralsignatures.engine;

import java.nio.FloatBuffer;

import org.spectralsignatures.network.plan.NetworkPlan;

/**
 * A place where networks are trained and run: a numeric library on a kind of processor. It is found by {@link Engines}; an instance costs
 * nothing until it is asked for more than its name. Arrays are dense floats in C order, of images {@code [n, h, w, c]}, of parameters as
 * {@link NetworkPlan#parameters()} says. What each step computes is said by {@link org.spectralsignatures.network.plan.Step}; engines may
 * differ from it, and from each other, by the rounding of single precision.
 */
public interface Engine extends Algebra {

    /** @return a short name in lower case, for settings and messages, for example {@code cpu} */
    String name();

    /** @return why it cannot run on this machine, in words; empty if it can */
    String problem();

    /**
     * @return whether a {@link #problem()} lies in a processor that is there with all that it needs: it computes wrongly, fails, or was told something wrong. Who left
     *         the choice to the look-up should know of it
     */
    default boolean present() {
        return false;
    }

    /** @return processor and library with its version, for example {@code CPU, ND4J 1.0.0-M2.1, oneDNN} */
    String describe();

    /**
     * Draws the parameters of an untrained network. The same seed gives the same bits with one engine, not with another one.
     *
     * @param plan of a network
     * @param seed of the random numbers
     * @return {@code [plan.size()]}
     * @throws IllegalStateException if the engine cannot run; the message says why
     */
    FloatBuffer initial(NetworkPlan plan, long seed);

    /**
     * Opens a network to be run.
     *
     * @param plan of the network
     * @param parameters {@code [plan.size()]} from the buffer's position on, copied
     * @return a session, to be closed by the caller
     * @throws IllegalStateException if the engine cannot run; the message says why
     */
    PlanSession open(NetworkPlan plan, FloatBuffer parameters);

    /**
     * Opens a network to be trained, and run in between.
     *
     * @param plan of the network
     * @param parameters {@code [plan.size()]} from the buffer's position on, copied
     * @param momentum of heavy-ball gradient descent, 0 for none
     * @param weightDecay lambda of the penalty lambda / 2 * |w|^2 on the kernels
     * @return a session, to be closed by the caller
     * @throws IllegalStateException if the engine cannot run; the message says why
     */
    TrainingSession train(NetworkPlan plan, FloatBuffer parameters, double momentum, double weightDecay);

    /**
     * @param plan of a network
     * @return about what it takes to train it; {@link MemoryNeed#UNKNOWN} unless an engine can tell
     */
    default MemoryNeed trainingMemory(final NetworkPlan plan) {
        return MemoryNeed.UNKNOWN;
    }

    /** @return bytes that a network may take now, beside what is taken already; the largest number unless an engine can tell */
    default long freeMemory() {
        return Long.MAX_VALUE;
    }
}
