package org.spectralsignatures.engine.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Parameter;
import org.spectralsignatures.network.plan.Step;

/** Draws the parameters of untrained networks as {@link Step} says, in plain Java: the same seed gives the same bits on any machine. */
final class InitialParameters {

    private InitialParameters() {
    }

    /** @return direct, {@code [plan.size()]} */
    static FloatBuffer draw(final NetworkPlan plan, final long seed) {
        final var random = new Random(seed);
        final FloatBuffer values = ByteBuffer.allocateDirect(Math.multiplyExact(Math.toIntExact(plan.size()), Float.BYTES)).order(ByteOrder.nativeOrder()).asFloatBuffer();
        ImageShape shape = plan.input();
        for (Step step : plan.steps()) {
            for (Parameter parameter : step.parameters(shape)) {
                draw(step, parameter, random, values);
            }
            shape = step.output(shape);
        }
        return values.rewind();
    }

    private static void draw(final Step step, final Parameter parameter, final Random random, final FloatBuffer values) {
        final boolean kernel = parameter.kind() == Parameter.Kind.KERNEL;
        final boolean one = parameter.kind() == Parameter.Kind.SCALE || parameter.kind() == Parameter.Kind.VARIANCE;
        if (kernel && step instanceof Step.Softmax) {
            final double limit = 3 / Math.sqrt(parameter.shape().get(1));
            for (long k = 0; k < parameter.size(); k++) {
                values.put((float)((2 * random.nextDouble() - 1) * limit));
            }
        } else {
            final double deviation = kernel ? deviation(step, parameter) : 0;
            for (long k = 0; k < parameter.size(); k++) {
                values.put(kernel ? (float)(deviation * random.nextGaussian()) : one ? 1 : 0); // NOSONAR three cases
            }
        }
    }

    /** He et al. 2015. */
    private static double deviation(final Step step, final Parameter parameter) {
        final boolean inward = step instanceof Step.Convolution convolution && convolution.start() == Step.Start.FAN_IN;
        final double places = (double)parameter.shape().get(2) * parameter.shape().get(3);
        return Math.sqrt(2 / (places * parameter.shape().get(inward ? 1 : 0)));
    }
}
