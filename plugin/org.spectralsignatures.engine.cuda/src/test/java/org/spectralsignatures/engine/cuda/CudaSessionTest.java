package org.spectralsignatures.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.Session;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.engine.cuda.device.EmulatedDevice;
import org.spectralsignatures.network.plan.NetworkPlan;

class CudaSessionTest {

    private static final NetworkPlan PLAN = TestPlans.small();

    private static final int SIZE = 5;

    private final EmulatedDevices devices = new EmulatedDevices();

    private final CudaEngine engine = new CudaEngine(devices, null);

    @BeforeAll
    static void build() {
        EmulatedDevice.require();
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertEquals(0, devices.left());
    }

    private CudaSession session() {
        return (CudaSession)engine.train(PLAN, engine.initial(PLAN, 1), .9, 1e-3);
    }

    private static void fill(final Batch batch, final int seed, final int count) {
        final var random = new Random(seed);
        for (int i = 0; i < count; i++) {
            final var pixels = new byte[PLAN.input().size()];
            random.nextBytes(pixels);
            batch.image(i, pixels);
            batch.label(i, random.nextInt(3));
        }
    }

    private static float[] floats(final FloatBuffer buffer) {
        final var values = new float[buffer.capacity()];
        buffer.get(0, values);
        return values;
    }

    /** Trains on one batch after the other, each filled when the one before is done. */
    private float[] trained(final int steps) {
        try (TrainingSession session = session(); Batch batch = session.batch(SIZE)) {
            for (int step = 0; step < steps; step++) {
                fill(batch, step, SIZE);
                session.step(batch, SIZE, .05, new double[SIZE]);
            }
            return floats(session.parameters());
        }
    }

    /** The same, but the next batch is filled in another thread meanwhile. */
    private float[] trainedBeside(final int steps) throws InterruptedException, ExecutionException {
        final var thread = Executors.newSingleThreadExecutor();
        try (TrainingSession session = session(); Batch even = session.batch(SIZE); Batch odd = session.batch(SIZE)) {
            Future<?> ready = thread.submit(() -> fill(even, 0, SIZE));
            for (int step = 0; step < steps; step++) {
                ready.get();
                final int next = step + 1;
                ready = thread.submit(() -> fill(next % 2 == 0 ? even : odd, next, SIZE));
                session.step(step % 2 == 0 ? even : odd, SIZE, .05, new double[SIZE]);
            }
            ready.get();
            return floats(session.parameters());
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void batchesThatAreFilledBesideTheTrainingGiveTheSameBits() throws InterruptedException, ExecutionException {
        final float[] expected = trained(7);
        for (int k = 0; k < 4; k++) { // on devices that copy late and early
            assertArrayEquals(expected, trainedBeside(7), 0);
        }
    }

    @Test
    void twoLearnersAtOnceTakeTurns() throws InterruptedException, ExecutionException {
        final float[] expected = trained(6);
        final var threads = Executors.newFixedThreadPool(3);
        try {
            final List<Future<float[]>> all = threads.invokeAll(Collections.nCopies(3, () -> trained(6)));
            for (Future<float[]> one : all) {
                assertArrayEquals(expected, one.get(), 0);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aBatchMayBeFilledInAnyOrderAndTwice() {
        final float[] expected = trained(1);
        try (TrainingSession session = session(); Batch batch = session.batch(SIZE)) {
            fill(batch, 77, SIZE);
            final var random = new Random(0);
            final var pixels = new byte[SIZE][PLAN.input().size()];
            final var labels = new int[SIZE];
            for (int i = 0; i < SIZE; i++) {
                random.nextBytes(pixels[i]);
                labels[i] = random.nextInt(3);
            }
            for (int i : new int[]{4, 0, 3, 1, 2}) {
                batch.image(i, pixels[i]);
                batch.label(i, labels[i]);
            }
            session.step(batch, SIZE, .05, new double[SIZE]);
            assertArrayEquals(expected, floats(session.parameters()), 0);
        }
    }

    @Test
    void aTrainingGoesOnFromParametersAndVelocity() {
        final float[] expected = trained(5);
        final float[] parameters;
        final float[] velocity;
        try (CudaSession session = session(); Batch batch = session.batch(SIZE)) {
            assertTrue(allZero(floats(session.velocity())));
            for (int step = 0; step < 3; step++) {
                fill(batch, step, SIZE);
                session.step(batch, SIZE, .05, new double[SIZE]);
            }
            parameters = floats(session.parameters());
            velocity = floats(session.velocity());
            assertFalse(allZero(velocity));
        }
        try (var session = (CudaSession)engine.train(PLAN, FloatBuffer.wrap(parameters), .9, 1e-3); Batch batch = session.batch(SIZE)) {
            session.velocity(FloatBuffer.wrap(velocity));
            for (int step = 3; step < 5; step++) {
                fill(batch, step, SIZE);
                session.step(batch, SIZE, .05, new double[SIZE]);
            }
            assertArrayEquals(expected, floats(session.parameters()), 0);
        }
    }

    private static boolean allZero(final float[] values) {
        return Arrays.equals(values, new float[values.length]);
    }

    @Test
    void aStepIsPutTogetherOnceAndTakesAnotherRate() {
        try (TrainingSession session = session(); Batch batch = session.batch(SIZE)) {
            fill(batch, 1, SIZE);
            for (int step = 0; step < 4; step++) {
                final float[] before = floats(session.parameters());
                session.step(batch, SIZE, step == 3 ? 0 : .1, new double[SIZE]);
                final float[] after = floats(session.parameters());
                assertEquals(step == 3, before[0] == after[0], "step " + step); // a kernel's value
            }
            final List<String> said = devices.last().said();
            assertEquals(1, Collections.frequency(said, "sequence"));
            assertEquals(3, Collections.frequency(said, "run"));
            assertEquals(1, Collections.frequency(said, "update"));
            assertEquals(2, Collections.frequency(said, "upload COMPUTE") - 1, "the rate is copied when it changes, beside the parameters");
        }
    }

    private float[] probabilities(final Session session, final Batch batch, final int count) {
        final var target = new float[3 * count];
        session.probabilities(batch, count, target, 0);
        return target;
    }

    @Test
    void batchesOfAnyNumberOfImagesAreRunByFewPrograms() {
        try (var session = engine.open(PLAN, engine.initial(PLAN, 1)); Batch batch = session.batch(20)) {
            fill(batch, 1, 20);
            final float[] all = probabilities(session, batch, 20);
            for (int count = 1; count <= 20; count++) {
                assertArrayEquals(Arrays.copyOf(all, 3 * count), probabilities(session, batch, count), 1e-6f, count + " images");
            }
            final long convolutions = devices.last().said().stream().filter("convolution"::equals).count();
            assertTrue(convolutions <= 3 * 6, "made " + convolutions);
        }
    }

    @Test
    void aLargerBatchAndMoreKindsOfStepsThanAreKept() {
        try (TrainingSession session = session(); Batch small = session.batch(SIZE); Batch large = session.batch(12)) {
            fill(small, 1, SIZE);
            fill(large, 2, 12);
            final float[] before = probabilities(session, small, SIZE);
            for (int count = 2; count <= 12; count++) {
                session.step(large, count, 0, new double[12]);
                probabilities(session, large, count);
            }
            assertEquals(before.length, probabilities(session, small, SIZE).length);
            session.step(small, SIZE, .1, new double[SIZE]);
        }
    }

    @Test
    void aLossThatIsNoNumberIsTold() {
        final float[] broken = floats(engine.initial(PLAN, 1));
        broken[0] = Float.NaN;
        try (TrainingSession session = engine.train(PLAN, FloatBuffer.wrap(broken), .9, 1e-3); Batch batch = session.batch(SIZE)) {
            fill(batch, 1, SIZE);
            final var losses = new double[SIZE];
            session.step(batch, SIZE, .1, losses);
            assertTrue(Arrays.stream(losses).allMatch(Double::isNaN), Arrays.toString(losses));
        }
    }

    @Test
    void memoryIsAboutAsMuchAsIsTold() {
        for (NetworkPlan plan : List.of(TestPlans.small(), TestPlans.odd(), TestPlans.wide(), TestPlans.residual(2, 4))) {
            final var need = engine.trainingMemory(plan);
            assertTrue(need.perImage() > 4L * plan.input().size(), plan.input() + " " + need);
            assertTrue(need.fixed() > 16 * plan.size());
            try (TrainingSession session = engine.train(plan, engine.initial(plan, 1), 0, 0); Batch batch = session.batch(24)) {
                final var pixels = new byte[plan.input().size()];
                for (int i = 0; i < 24; i++) {
                    pixels[i % pixels.length] = (byte)i;
                    batch.image(i, pixels);
                }
                session.step(batch, 24, .1, new double[24]);
                final double ratio = (double)devices.last().deviceBytes() / (need.bytes(24) - MemoryPlan.BESIDE);
                assertTrue(ratio > .8 && ratio < 1.25, plan.input() + ": " + ratio);
            }
        }
    }
}
