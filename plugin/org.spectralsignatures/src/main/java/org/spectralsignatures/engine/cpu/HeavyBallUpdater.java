package org.spectralsignatures.engine.cpu;

import java.nio.FloatBuffer;
import java.util.Map;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.spectralsignatures.engine.cpu.kernels.Floats;

/** The running state of {@link HeavyBall}: the velocity of each parameter. */
final class HeavyBallUpdater implements GradientUpdater<HeavyBall> {

    private static final String VELOCITY = "V";

    private static final int CHUNK = 4096;

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
        final FloatBuffer v = Floats.of(velocity);
        final FloatBuffer g = Floats.of(gradient);
        final float momentum = (float)config.momentum();
        final float rate = (float)config.getLearningRate(iteration, epoch);
        final var velocities = new float[Math.min(CHUNK, v.capacity())];
        final var gradients = new float[velocities.length];
        for (int first = 0; first < v.capacity(); first += CHUNK) {
            final int n = Math.min(CHUNK, v.capacity() - first);
            v.get(first, velocities, 0, n);
            g.get(first, gradients, 0, n);
            for (int k = 0; k < n; k++) {
                velocities[k] = momentum * velocities[k] + gradients[k];
                gradients[k] = rate * velocities[k];
            }
            v.put(first, velocities, 0, n);
            g.put(first, gradients, 0, n);
        }
    }
}
