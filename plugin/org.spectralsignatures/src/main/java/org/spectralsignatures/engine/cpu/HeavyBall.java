package org.spectralsignatures.engine.cpu;

import java.util.Map;
import java.util.Objects;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Stochastic gradient descent with classical (heavy-ball, Polyak 1964) momentum, as TensorFlow's {@code MomentumOptimizer}
 * does it for the authors: v = momentum * v + g, w = w - rate * v. DL4J's own {@code Nesterovs} looks ahead instead.
 */
public final class HeavyBall implements IUpdater {

    private static final long serialVersionUID = 1L;

    private final double momentum;

    private ISchedule schedule;

    /**
     * @param momentum from 0 (plain gradient descent) to below 1
     * @param schedule the learning rate of each step
     */
    HeavyBall(final double momentum, final ISchedule schedule) {
        this.momentum = momentum;
        this.schedule = schedule;
    }

    /** @return momentum */
    double momentum() {
        return momentum;
    }

    @Override
    public long stateSize(final long parameters) {
        return parameters;
    }

    @Override
    public GradientUpdater<HeavyBall> instantiate(final INDArray view, final boolean initialize) {
        final var updater = new HeavyBallUpdater(this);
        updater.setStateViewArray(view, view.shape(), view.ordering(), initialize);
        return updater;
    }

    @Override
    public GradientUpdater<HeavyBall> instantiate(final Map<String, INDArray> state, final boolean initialize) {
        final var updater = new HeavyBallUpdater(this);
        updater.setState(state, initialize);
        return updater;
    }

    @Override
    public double getLearningRate(final int iteration, final int epoch) {
        return schedule.valueAt(iteration, epoch);
    }

    @Override
    public boolean hasLearningRate() {
        return true;
    }

    @Override
    public void setLrAndSchedule(final double rate, final ISchedule newSchedule) {
        schedule = newSchedule == null ? new FixedSchedule(rate) : newSchedule;
    }

    @Override
    public HeavyBall clone() { // NOSONAR DL4J clones configurations
        return new HeavyBall(momentum, schedule.clone());
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof HeavyBall that && that.momentum == momentum && Objects.equals(that.schedule, schedule);
    }

    @Override
    public int hashCode() {
        return Objects.hash(momentum, schedule);
    }
}
