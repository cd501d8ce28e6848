package org.spectralsignatures.training;

import java.util.Map;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;

/** The running state of {@link HeavyBall}: the velocity of each parameter. */
final class HeavyBallUpdater implements GradientUpdater<HeavyBall> {

    private static final String VELOCITY = "V";

    private final HeavyBall config;

    private INDArray velocity;

    HeavyBallUpdater(final HeavyBall config) {
        this.config = config;
    }

    @Override
    public HeavyBall getConfig() {
        return config;
    }

    @Override
    public void setState(final Map<String, INDArray> state, final boolean initialize) {
        velocity = state.get(VELOCITY);
    }

    @Override
    public Map<String, INDArray> getState() {
        return Map.of(VELOCITY, velocity);
    }

    @Override
    public void setStateViewArray(final INDArray view, final long[] gradientShape, final char gradientOrder, final boolean initialize) {
        if (initialize) {
            view.assign(0);
        }
        velocity = view;
    }

    @Override
    public void applyUpdater(final INDArray gradient, final int iteration, final int epoch) {
        velocity.muli(config.getMomentum()).addi(gradient);
        gradient.assign(velocity).muli(config.getLearningRate(iteration, epoch));
    }
}
