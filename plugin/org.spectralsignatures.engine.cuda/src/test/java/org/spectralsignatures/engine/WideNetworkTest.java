package org.spectralsignatures.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.cuda.EmulatedDevices;
import org.spectralsignatures.engine.cuda.TestPlans;
import org.spectralsignatures.engine.cuda.device.EmulatedDevice;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Parameter;
import org.spectralsignatures.network.plan.Step;

/** Networks of kernels that take four channels at a time, and of other orders of steps than the contract's, against the same reference. */
class WideNetworkTest {

    private static final int IMAGES = 4;

    private final Engine engine = new EmulatedDevices().engine();

    private final Random random = new Random(6);

    @BeforeAll
    static void build() {
        EmulatedDevice.require();
    }

    private byte[][] images(final NetworkPlan plan) {
        final var images = new byte[IMAGES][plan.input().size()];
        for (byte[] image : images) {
            random.nextBytes(image);
        }
        return images;
    }

    private double[] parameters(final NetworkPlan plan) {
        final var values = new double[(int)plan.size()];
        int k = 0;
        for (Parameter parameter : plan.parameters()) {
            final double centre = parameter.kind() == Parameter.Kind.SCALE || parameter.kind() == Parameter.Kind.VARIANCE ? 1.5 : 0;
            for (int i = 0; i < parameter.size(); i++) {
                values[k++] = (float)(centre + .2 * random.nextGaussian());
            }
        }
        return values;
    }

    private static FloatBuffer floats(final double[] values) {
        final FloatBuffer floats = FloatBuffer.allocate(values.length);
        for (int k = 0; k < values.length; k++) {
            floats.put(k, (float)values[k]);
        }
        return floats;
    }

    private static int label(final NetworkPlan plan, final int image) {
        return (3 * image + 1) % plan.classes();
    }

    private static Batch fill(final NetworkPlan plan, final Session session, final byte[][] images) {
        final Batch batch = session.batch(IMAGES);
        for (int i = 0; i < IMAGES; i++) {
            batch.image(i, images[i]);
            batch.label(i, label(plan, i));
        }
        return batch;
    }

    @Test
    void activationsAreThoseOfTheReference() {
        for (NetworkPlan plan : TestPlans.all()) {
            final byte[][] images = images(plan);
            final double[] values = parameters(plan);
            final Map<String, double[]> expected = new ReferenceNetwork(plan, values).forward(images, false);
            try (var session = engine.open(plan, floats(values)); var batch = fill(plan, session, images)) {
                for (Step step : plan.steps()) {
                    final double[] truth = expected.get(step.name());
                    session.activations(step.name(), batch, IMAGES, actual -> {
                        assertEquals(truth.length, actual.capacity());
                        double difference = 0;
                        double norm = 0;
                        for (int k = 0; k < truth.length; k++) {
                            difference += Math.pow(truth[k] - actual.get(k), 2);
                            norm += truth[k] * truth[k];
                        }
                        assertTrue(Math.sqrt(difference) <= 1e-4 * Math.sqrt(norm), plan.input() + " " + step.name() + ": " + Math.sqrt(difference / norm));
                    });
                }
            }
        }
    }

    @Test
    void gradientsAreThoseOfTheReferenceInAnyDirection() {
        TestPlans.all().forEach(this::checkGradients);
    }

    private void checkGradients(final NetworkPlan plan) {
        final byte[][] images = images(plan);
        final double[] values = parameters(plan);
        final var labels = new int[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            labels[i] = label(plan, i);
        }
        final double rate = .25;
        final var losses = new double[IMAGES];
        final var after = new float[values.length];
        try (var session = engine.train(plan, floats(values), 0, 0); var batch = fill(plan, session, images)) {
            session.step(batch, IMAGES, rate, losses);
            session.parameters().get(0, after);
        }
        final var truth = new ReferenceNetwork(plan, values);
        assertArrayEquals(truth.losses(images, labels), losses, 1e-3);
        for (Parameter parameter : plan.parameters()) {
            if (parameter.kind() != Parameter.Kind.MEAN && parameter.kind() != Parameter.Kind.VARIANCE) {
                checkDirection(plan, parameter, values, after, rate, images, labels);
            }
        }
    }

    /** Along the gradient itself, where the difference of the losses is largest, and along a direction that is not. */
    private void checkDirection(final NetworkPlan plan, final Parameter parameter, final double[] values, final float[] after, final double rate, final byte[][] images,
        final int[] labels) {
        final int from = new ReferenceNetwork(plan, values).offset(parameter.name());
        final var gradient = new double[(int)parameter.size()];
        double norm = 0;
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] = (values[from + k] - after[from + k]) / rate;
            norm += gradient[k] * gradient[k];
        }
        for (boolean along : new boolean[]{true, false}) {
            final double h = 1e-5;
            final double[] above = values.clone();
            final double[] below = values.clone();
            double product = 0;
            for (int k = 0; k < gradient.length; k++) {
                final double direction = along ? gradient[k] / Math.sqrt(norm) : random.nextGaussian() / Math.sqrt(gradient.length);
                above[from + k] += h * direction;
                below[from + k] -= h * direction;
                product += direction * gradient[k];
            }
            final double numeric = (mean(new ReferenceNetwork(plan, above).losses(images, labels)) - mean(new ReferenceNetwork(plan, below).losses(images, labels)))
                / (2 * h);
            assertEquals(numeric, product, 4e-3 * Math.sqrt(norm) + 1e-6, plan.input() + " " + parameter.name() + (along ? " along it" : " across it"));
        }
    }

    private static double mean(final double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value / values.length;
        }
        return sum;
    }
}
