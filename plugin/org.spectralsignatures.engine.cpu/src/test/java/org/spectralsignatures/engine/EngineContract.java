package org.spectralsignatures.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Parameter;
import org.spectralsignatures.network.plan.Step;

/**
 * What every engine must do: the test class of an engine extends this one. The truth is {@link ReferenceNetwork}, in double precision;
 * gradients are told by what one step changes.
 */
public abstract class EngineContract {

    private static final int IMAGES = 5;

    private static final double FORWARD = 1e-4;

    private static final double GRADIENT = 2e-3;

    private static final Normalisation LEAKY = new Normalisation(.9, 1e-3, .1);

    /** Every kind of step that there was at first, both kinds of shortcut and both strides. */
    private static final NetworkPlan PLAN = new NetworkPlan(new ImageShape(3, 12, 12), List.of( //
        new Step.Convolution("stem", 2, Step.Start.FAN_OUT), //
        new Step.ResidualUnit("same", 2, 1, true, LEAKY), //
        new Step.ResidualUnit("half", 4, 2, false, LEAKY), //
        new Step.Convolution("convolution", 6, Step.Start.FAN_IN), //
        new Step.NormActivation("activation", new Normalisation(.8, 1e-3, 0)), //
        new Step.MaxPooling("pool"), //
        new Step.GlobalAveragePooling("average"), //
        new Step.Softmax("softmax", 3)));

    /** Gray images that are neither square nor of an even side, and the other kinds of steps. */
    private static final NetworkPlan ODD = new NetworkPlan(new ImageShape(1, 29, 35), List.of( //
        new Step.Convolution("stem", 2, 7, 2, Step.Start.FAN_OUT), //
        new Step.PaddedMaxPooling("pool", 3), //
        new Step.ResidualUnit("same", 2, 1, false, LEAKY), //
        new Step.ResidualUnit("half", 4, 2, false, LEAKY), //
        new Step.ResidualUnit("projected", 3, 1, true, true, new Normalisation(.9, 1e-5, 0)), //
        new Step.Convolution("convolution", 4, 5, 1, Step.Start.FAN_IN), //
        new Step.NormActivation("activation", new Normalisation(.8, 1e-3, 0)), //
        new Step.PaddedMaxPooling("half-pool", 2), //
        new Step.GlobalAveragePooling("average"), //
        new Step.Softmax("softmax", 3)));

    /** The new kinds on even sides, and the old ones on odd sides. */
    private static final NetworkPlan EVEN = new NetworkPlan(new ImageShape(3, 20, 28), List.of( //
        new Step.Convolution("stem", 4, 7, 2, Step.Start.FAN_OUT), //
        new Step.PaddedMaxPooling("pool", 3), //
        new Step.ResidualUnit("halved", 6, 2, true, true, LEAKY), //
        new Step.MaxPooling("less"), //
        new Step.ResidualUnit("activated", 8, 2, true, LEAKY), //
        new Step.NormActivation("activation", LEAKY), //
        new Step.GlobalAveragePooling("average"), //
        new Step.Softmax("softmax", 3)));

    private static final List<NetworkPlan> PLANS = List.of(PLAN, ODD, EVEN);

    private static final int[] LABELS = {0, 1, 2, 1, 0};

    /** @return the engine that is tested */
    protected abstract Engine engine();

    private static byte[][] images(final NetworkPlan plan) {
        final var random = new Random(3);
        final var images = new byte[IMAGES][plan.input().size()];
        for (byte[] image : images) {
            random.nextBytes(image);
        }
        return images;
    }

    /** Parameters of which none is trivial. */
    private static float[] parameters(final NetworkPlan plan) {
        final var random = new Random(4);
        final var values = new float[(int)plan.size()];
        int k = 0;
        for (Parameter parameter : plan.parameters()) {
            final double centre = parameter.kind() == Parameter.Kind.SCALE || parameter.kind() == Parameter.Kind.VARIANCE ? 1.5 : 0;
            for (int i = 0; i < parameter.size(); i++) {
                values[k++] = (float)(centre + .3 * random.nextGaussian());
            }
        }
        return values;
    }

    private static double[] doubles(final float[] values) {
        return IntStream.range(0, values.length).mapToDouble(k -> values[k]).toArray();
    }

    private static float[] floats(final FloatBuffer buffer) {
        final var values = new float[buffer.capacity()];
        buffer.get(0, values);
        return values;
    }

    private static float[] parameters() {
        return parameters(PLAN);
    }

    private static byte[][] images() {
        return images(PLAN);
    }

    private static Batch fill(final Session session, final int capacity) {
        return fill(PLAN, session, capacity);
    }

    private static Batch fill(final NetworkPlan plan, final Session session, final int capacity) {
        final Batch batch = session.batch(capacity);
        final byte[][] images = images(plan);
        for (int i = 0; i < IMAGES; i++) {
            batch.image(i, images[i]);
            batch.label(i, (LABELS[i] + 1) % 3);
            batch.label(i, LABELS[i]); // the last one holds
        }
        return batch;
    }

    private static void assertClose(final double[] expected, final double[] actual, final double relative, final String what) {
        assertEquals(expected.length, actual.length, what);
        double norm = 0;
        double difference = 0;
        for (int k = 0; k < expected.length; k++) {
            norm += expected[k] * expected[k];
            difference += (expected[k] - actual[k]) * (expected[k] - actual[k]);
        }
        assertTrue(norm > 0, what + ": nothing to compare");
        assertTrue(Math.sqrt(difference) <= relative * Math.sqrt(norm), what + ": relative error " + Math.sqrt(difference / norm));
    }

    @Test
    void canRunHereAndSaysWhatItIs() {
        assertEquals("", engine().problem());
        assertTrue(engine().name().matches("[a-z0-9-]+"), engine().name());
        assertFalse(engine().describe().isBlank());
    }

    @Test
    void activationsAreThoseOfTheReference() {
        for (NetworkPlan plan : PLANS) {
            final Map<String, double[]> expected = new ReferenceNetwork(plan, doubles(parameters(plan))).forward(images(plan), false);
            try (var session = engine().open(plan, FloatBuffer.wrap(parameters(plan))); var batch = fill(plan, session, IMAGES)) {
                for (Step step : plan.steps()) {
                    final var actual = new float[expected.get(step.name()).length];
                    session.activations(step.name(), batch, IMAGES, values -> {
                        assertEquals(actual.length, values.capacity());
                        values.get(0, actual);
                    });
                    assertClose(expected.get(step.name()), doubles(actual), FORWARD, plan.input() + " " + step.name());
                }
            }
        }
    }

    @Test
    void probabilitiesOfAPartOfABatchGoWhereTheyShould() {
        final double[] all = new ReferenceNetwork(PLAN, doubles(parameters())).forward(images(), false).get("softmax");
        try (var session = engine().open(PLAN, FloatBuffer.wrap(parameters())); var batch = fill(session, 8)) {
            assertEquals(8, batch.capacity());
            for (int count : new int[]{IMAGES, 2, 1}) {
                final var target = new float[4 + 3 * IMAGES];
                Arrays.fill(target, -1);
                session.probabilities(batch, count, target, 4);
                assertClose(Arrays.copyOf(all, 3 * count), doubles(Arrays.copyOfRange(target, 4, 4 + 3 * count)), FORWARD, count + " images");
                assertEquals(-1, target[3]);
                for (int k = 4 + 3 * count; k < target.length; k++) {
                    assertEquals(-1, target[k], "behind the last");
                }
            }
        }
    }

    @Test
    void aStepTellsTheLossesAndFollowsTheGradient() {
        PLANS.forEach(this::checkStep);
    }

    private void checkStep(final NetworkPlan plan) {
        final var truth = new ReferenceNetwork(plan, doubles(parameters(plan)));
        final double[] expected = truth.losses(images(plan), LABELS);
        final double[] gradient = truth.gradient(images(plan), LABELS, .01);
        final double[] p = truth.forward(images(plan), true).get("softmax");
        final double rate = .5;
        try (var session = engine().train(plan, FloatBuffer.wrap(parameters(plan)), 0, .01); var batch = fill(plan, session, 7)) {
            final var losses = new double[7];
            final int correct = session.step(batch, IMAGES, rate, losses);
            assertClose(expected, Arrays.copyOf(losses, IMAGES), FORWARD, "losses");
            assertEquals(IntStream.range(0, IMAGES).filter(i -> IntStream.range(0, 3).allMatch(c -> p[3 * i + c] <= p[3 * i + LABELS[i]])).count(), correct);
            final float[] after = floats(session.parameters());
            for (Parameter parameter : plan.parameters()) {
                final int from = truth.offset(parameter.name());
                final int end = from + (int)parameter.size();
                final boolean moment = truth.moments().containsKey(parameter.name());
                final double[] change = IntStream.range(from, end).mapToDouble(k -> moment ? after[k] : (parameters(plan)[k] - after[k]) / rate).toArray();
                assertClose(moment ? moved(plan, parameter, truth) : Arrays.copyOfRange(gradient, from, end), change, GRADIENT, plan.input() + " " + parameter.name());
            }
        }
    }

    /** A running moment after one step. */
    private static double[] moved(final NetworkPlan plan, final Parameter parameter, final ReferenceNetwork truth) {
        final double decay = plan.steps().stream().filter(s -> parameter.name().startsWith(s.name() + "_"))
            .mapToDouble(s -> s instanceof Step.NormActivation activation ? activation.norm().decay() : ((Step.ResidualUnit)s).norm().decay()).findFirst().orElseThrow();
        final double[] batch = truth.moments().get(parameter.name());
        final float[] running = parameters(plan);
        return IntStream.range(0, batch.length)
            .mapToDouble(k -> decay * running[truth.offset(parameter.name()) + k] + (1 - decay) * batch[k]).toArray();
    }

    @Test
    void momentumKeepsTheVelocityOverStepsOfDifferentRates() {
        try (var session = engine().train(PLAN, FloatBuffer.wrap(parameters()), .5, 0); var batch = fill(session, IMAGES)) {
            final var losses = new double[IMAGES];
            session.step(batch, IMAGES, .25, losses);
            final float[] first = floats(session.parameters());
            session.step(batch, IMAGES, .125, losses);
            final float[] second = floats(session.parameters());
            final var truth = new ReferenceNetwork(PLAN, doubles(first));
            final double[] gradient = truth.gradient(images(), LABELS, 0);
            for (Parameter parameter : PLAN.parameters()) {
                if (!moment(parameter)) {
                    final int from = truth.offset(parameter.name());
                    final int end = from + (int)parameter.size();
                    assertClose(IntStream.range(from, end).mapToDouble(k -> .5 * (parameters()[k] - first[k]) / .25 + gradient[k]).toArray(),
                        IntStream.range(from, end).mapToDouble(k -> (first[k] - second[k]) / .125).toArray(), 2 * GRADIENT, parameter.name());
                }
            }
        }
    }

    @Test
    void trainingGivesTheSameBitsAgain() {
        final var runs = new float[2][];
        for (int run = 0; run < 2; run++) {
            try (var session = engine().train(PLAN, engine().initial(PLAN, 9), .9, 1e-3); var batch = fill(session, IMAGES)) {
                for (int step = 0; step < 3; step++) {
                    session.step(batch, step == 1 ? 3 : IMAGES, .05, new double[IMAGES]);
                }
                runs[run] = floats(session.parameters());
            }
        }
        assertArrayEquals(runs[0], runs[1], 0);
    }

    @Test
    void theVelocityIsThatOfTheFormula() {
        for (NetworkPlan plan : PLANS) {
            final double[] gradient = new ReferenceNetwork(plan, doubles(parameters(plan))).gradient(images(plan), LABELS, .01);
            try (var session = engine().train(plan, FloatBuffer.wrap(parameters(plan)), .5, .01); var batch = fill(plan, session, IMAGES)) {
                assertArrayEquals(new float[(int)plan.size()], floats(session.velocity()), 0, "before the first step");
                session.velocity(FloatBuffer.wrap(parameters(plan)));
                session.step(batch, IMAGES, .25, new double[IMAGES]);
                final FloatBuffer velocity = session.velocity();
                assertTrue(velocity.isReadOnly());
                final float[] after = floats(velocity);
                int from = 0;
                for (Parameter parameter : plan.parameters()) {
                    final int end = from + (int)parameter.size();
                    final double[] expected = IntStream.range(from, end).mapToDouble(k -> .5 * parameters(plan)[k] + gradient[k]).toArray();
                    final double[] actual = doubles(Arrays.copyOfRange(after, from, end));
                    if (moment(parameter)) {
                        assertTrue(Arrays.stream(actual).allMatch(v -> v == 0), parameter.name() + " has a velocity");
                    } else {
                        assertClose(expected, actual, GRADIENT, plan.input() + " " + parameter.name());
                    }
                    from = end;
                }
            }
        }
    }

    private static boolean moment(final Parameter parameter) {
        return parameter.kind() == Parameter.Kind.MEAN || parameter.kind() == Parameter.Kind.VARIANCE;
    }

    @Test
    void aTrainingGoesOnInAnotherSession() {
        for (NetworkPlan plan : PLANS) {
            final FloatBuffer start = engine().initial(plan, 9);
            final float[] whole;
            final float[] between;
            final FloatBuffer velocity;
            try (var session = engine().train(plan, start, .9, 1e-3); var batch = fill(plan, session, IMAGES)) {
                steps(session, batch, 0, 3);
                between = floats(session.parameters());
                velocity = FloatBuffer.allocate(between.length + 3).put(3, floats(session.velocity())).position(3);
                steps(session, batch, 3, 6);
                whole = floats(session.parameters());
            }
            assertGoneOn(whole, goneOn(plan, between, velocity), plan.input() + " with the velocity");
            final float[] without = goneOn(plan, between, FloatBuffer.allocate(between.length));
            assertFalse(Arrays.equals(whole, without), plan.input() + ": the velocity makes no difference");
        }
    }

    private float[] goneOn(final NetworkPlan plan, final float[] parameters, final FloatBuffer velocity) {
        try (var session = engine().train(plan, FloatBuffer.wrap(parameters), .9, 1e-3); var batch = fill(plan, session, IMAGES)) {
            session.velocity(velocity);
            steps(session, batch, 3, 6);
            return floats(session.parameters());
        }
    }

    private static void steps(final TrainingSession session, final Batch batch, final int from, final int end) {
        for (int step = from; step < end; step++) {
            session.step(batch, step % 2 == 1 ? 3 : IMAGES, .05 * (step + 1), new double[IMAGES]);
        }
    }

    /**
     * Compares the parameters of a training that went on in another session with those of the same one without interruption.
     *
     * @param whole without interruption
     * @param goneOn in two sessions
     * @param what for messages
     */
    protected void assertGoneOn(final float[] whole, final float[] goneOn, final String what) {
        assertArrayEquals(whole, goneOn, 0, what);
    }

    @Test
    void aSessionCopiesTheParametersThatItIsGiven() {
        final float[] given = parameters();
        final FloatBuffer shifted = FloatBuffer.allocate(given.length + 2).put(2, given).position(2);
        try (var session = engine().open(PLAN, shifted)) {
            shifted.put(5, 77);
            assertArrayEquals(parameters(), floats(session.parameters()), 0);
        }
    }

    @Test
    void initialParametersAreDrawnAsThePlanSays() {
        final var plan = new NetworkPlan(new ImageShape(3, 8, 8), List.of(new Step.Convolution("out", 64, Step.Start.FAN_OUT),
            new Step.Convolution("in", 32, Step.Start.FAN_IN), new Step.ResidualUnit("unit", 32, 1, false, LEAKY),
            new Step.Convolution("large", 16, 7, 2, Step.Start.FAN_OUT), new Step.ResidualUnit("projected", 32, 2, true, true, LEAKY),
            new Step.NormActivation("norm", LEAKY), new Step.GlobalAveragePooling("average"), new Step.Softmax("softmax", 50)));
        final float[] values = floats(engine().initial(plan, 1));
        assertArrayEquals(values, floats(engine().initial(plan, 1)), 0);
        assertFalse(Arrays.equals(values, floats(engine().initial(plan, 2))));
        final Map<String, Double> variances = Map.of("out_W", 2. / (9 * 64), "in_W", 2. / (9 * 64), "unit_W1", 2. / (9 * 32), "unit_W2", 2. / (9 * 32),
            "large_W", 2. / (49 * 16), "projected_W1", 2. / (9 * 32), "projected_W2", 2. / (9 * 32), "projected_Wshortcut", 2. / 32, "softmax_W", 3. / 32);
        int from = 0;
        for (Parameter parameter : plan.parameters()) {
            final double[] part = doubles(Arrays.copyOfRange(values, from, from + (int)parameter.size()));
            from += part.length;
            if (variances.containsKey(parameter.name())) {
                final double variance = Arrays.stream(part).map(v -> v * v).average().orElseThrow();
                assertEquals(1, variance / variances.get(parameter.name()), part.length < 1000 ? .25 : .15, parameter.name());
            } else {
                final boolean one = parameter.kind() == Parameter.Kind.SCALE || parameter.kind() == Parameter.Kind.VARIANCE;
                assertTrue(Arrays.stream(part).allMatch(v -> v == (one ? 1 : 0)), parameter.name());
            }
        }
    }

    @Test
    void productsAreThoseOfDoublePrecision() {
        checkProducts(engine().products());
    }

    static void checkProducts(final Products products) {
        final int columns = 37;
        final var random = new Random(5);
        final var x = new float[6 * columns];
        final var v = new float[columns];
        for (int k = 0; k < x.length; k++) {
            x[k] = (float)random.nextGaussian();
            v[k % columns] = (float)random.nextGaussian();
        }
        try (var alone = products.sequential(); var vector = products.vector(v); var tile = products.tile(8, columns)) {
            tile.memory().put(0, x);
            tile.use(tile.memory(), 6);
            check(tile, vector, x, v);
            tile.subtract(vector);
            for (int k = 0; k < x.length; k++) {
                x[k] -= v[k % columns];
            }
            check(tile, vector, x, v);
            final FloatBuffer elsewhere = ByteBuffer.allocateDirect(4 * x.length).order(ByteOrder.nativeOrder()).asFloatBuffer().put(0, x);
            tile.use(elsewhere.slice(2 * columns, 4 * columns), 4);
            check(tile, vector, Arrays.copyOfRange(x, 2 * columns, x.length), v);
        }
    }

    private static void check(final Products.Tile tile, final Products.Vector vector, final float[] x, final float[] v) {
        final int rows = x.length / v.length;
        final var expected = new double[rows];
        final var norms = new double[rows];
        final var sums = new double[v.length];
        final var factors = new float[rows];
        for (int k = 0; k < x.length; k++) {
            final int row = k / v.length;
            factors[row] = 1.5f - row;
            expected[row] += (double)x[k] * v[k % v.length];
            norms[row] += (double)x[k] * x[k];
            sums[k % v.length] += (double)factors[row] * x[k];
        }
        final var actual = new float[rows];
        tile.multiply(vector, actual);
        assertClose(expected, doubles(actual), 1e-5, "products");
        assertClose(norms, IntStream.range(0, rows).mapToDouble(tile::squaredNorm).toArray(), 1e-5, "squared norms");
        final var total = new double[v.length];
        Arrays.fill(total, 10);
        tile.addTo(total, factors);
        assertClose(Arrays.stream(sums).map(s -> s + 10).toArray(), total, 1e-5, "sums");
    }
}
