package org.spectralsignatures.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.engine.cuda.device.QueuedDevice;
import org.spectralsignatures.engine.cuda.device.RecordingDevice;
import org.spectralsignatures.network.plan.NetworkPlan;

/** What happens when a device fails, at each call there is: one clear message, nothing left behind, and the next run works. */
class FailureTest {

    private static final NetworkPlan PLAN = TestPlans.small();

    /** Calls that wait for a mark. */
    private static final int WAITS = 2;

    private final EmulatedDevices devices = new EmulatedDevices(RecordingDevice::new);

    private final CudaEngine engine = new CudaEngine(devices, null);

    private static void fill(final Batch batch, final int seed) {
        Work.fill(PLAN, batch, seed);
    }

    private void failEverywhere(final Runnable work) {
        failEverywhere(work, device -> device, 0);
    }

    /** The last calls may fail unheard: those that wait when it is closed, after all results. */
    private void failEverywhere(final Runnable work, final UnaryOperator<QueuedDevice> kind, final int unheard) {
        devices.change(kind);
        work.run();
        assertEquals(0, devices.left());
        final int calls = devices.last().calls();
        assertTrue(calls > 20, "calls: " + calls);
        for (int k = 0; k < calls - unheard; k++) {
            final int good = k;
            devices.change(device -> kind.apply(device).failingAfter(good));
            final var e = assertThrows(IllegalStateException.class, work::run, "call " + k);
            assertSame(IllegalStateException.class, e.getClass());
            assertTrue(e.getMessage().startsWith("The GPU stopped working (injected at "), e.getMessage());
            assertEquals(0, devices.left(), "left after call " + k + ", " + e.getMessage());
        }
        for (int k = calls - unheard; k <= calls; k++) {
            final int good = k;
            devices.change(device -> kind.apply(device).failingAfter(good));
            assertDoesNotThrow(work::run);
            assertEquals(0, devices.left(), "left after call " + k);
        }
    }

    @Test
    void aLearnerThatFailsAnywhereLeavesNothing() {
        failEverywhere(() -> Work.learn(engine, PLAN));
    }

    @Test
    void aNetworkThatFailsAnywhereLeavesNothing() {
        failEverywhere(() -> Work.run(engine, PLAN));
    }

    @Test
    void aMatrixThatFailsAnywhereLeavesNothing() {
        failEverywhere(() -> Work.score(engine, 301), device -> device, WAITS);
    }

    @Test
    void aMatrixInPiecesThatFailsAnywhereLeavesNothing() {
        failEverywhere(() -> Work.score(engine, 301), device -> device.withMemory(500_000), WAITS);
    }

    @Test
    void tooLittleMemoryIsToldWithWhatIsNeeded() {
        final long largest = 3L * 1024 * 1024;
        devices.change(device -> device.withMemory(largest));
        try (TrainingSession session = engine.train(PLAN, engine.initial(PLAN, 1), .9, 1e-4); Batch batch = session.batch(2000)) {
            fill(batch, 1);
            final var e = assertThrows(IllegalStateException.class, () -> session.step(batch, 2000, .1, new double[2000]));
            assertTrue(e.getMessage().matches("The GPU has not enough memory: \\d+ MB more are needed, 3 MB are free\\. Lower the batch size, close other programs that"
                + " use the GPU, or choose the CPU as device\\."), e.getMessage());
            final var again = assertThrows(IllegalStateException.class, session::parameters);
            assertTrue(again.getMessage().startsWith("The network cannot be used any longer: The GPU has not enough memory"), again.getMessage());
            fill(batch, 2); // another thread may still be at it
        }
        assertEquals(0, devices.left());
    }

    @Test
    void aMatrixWithoutMemoryIsToldWithoutBatches() {
        devices.change(device -> device.withMemory(20_000));
        final var e = assertThrows(IllegalStateException.class, () -> Work.score(engine, 301));
        assertTrue(e.getMessage().matches("The GPU has not enough memory: \\d+ KB more are needed, 20 KB are free\\. Close other programs that use the GPU, or choose the CPU as"
            + " device\\."), e.getMessage());
        assertEquals(0, devices.left());
    }

    @Test
    void whatIsTooLargeForADeviceStaysWhereItIs() {
        assertThrows(NoSuchElementException.class, () -> Work.score(engine, Integer.MAX_VALUE / 64 + 1));
    }

    @Test
    void aBatchOutlivesItsSession() {
        final TrainingSession session = engine.train(PLAN, engine.initial(PLAN, 1), .9, 1e-4);
        final Batch batch = session.batch(4);
        session.close();
        session.close();
        fill(batch, 1);
        assertThrows(IllegalStateException.class, () -> session.step(batch, 4, .1, new double[4]));
        batch.close();
        batch.close();
        assertThrows(IllegalStateException.class, () -> batch.image(0, new byte[PLAN.input().size()]));
        assertEquals(0, devices.left());
    }

    @Test
    void wrongArgumentsEndNothing() {
        try (TrainingSession session = engine.train(PLAN, engine.initial(PLAN, 1), .9, 1e-4); Batch batch = session.batch(4);
            TrainingSession other = engine.train(PLAN, engine.initial(PLAN, 1), .9, 1e-4)) {
            fill(batch, 1);
            final var losses = new double[4];
            assertThrows(IllegalArgumentException.class, () -> session.step(batch, 1, .1, losses));
            assertThrows(IllegalArgumentException.class, () -> session.step(batch, 5, .1, losses));
            assertThrows(IllegalArgumentException.class, () -> other.step(batch, 4, .1, losses));
            assertThrows(IllegalArgumentException.class, () -> session.activations("nothing", batch, 4, values -> { }));
            assertThrows(IllegalArgumentException.class, () -> batch.label(0, 3));
            assertThrows(IllegalArgumentException.class, () -> batch.image(0, new byte[3]));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.image(4, new byte[PLAN.input().size()]));
            assertThrows(IllegalArgumentException.class, () -> session.batch(0));
            session.step(batch, 4, .1, losses);
        }
        assertEquals(0, devices.left());
    }

    @Test
    void aReaderThatThrowsEndsNothing() {
        try (TrainingSession session = engine.train(PLAN, engine.initial(PLAN, 1), .9, 1e-4); Batch batch = session.batch(4)) {
            fill(batch, 1);
            assertThrows(UnsupportedOperationException.class, () -> session.activations("unit", batch, 4, values -> {
                throw new UnsupportedOperationException();
            }));
            session.step(batch, 4, .1, new double[4]);
        }
        assertEquals(0, devices.left());
    }

    @Test
    void whatIsOnlyRunIsNotTrained() {
        try (var session = (CudaSession)engine.open(PLAN, engine.initial(PLAN, 1)); Batch batch = session.batch(4)) {
            assertThrows(UnsupportedOperationException.class, () -> session.step(batch, 4, .1, new double[4]));
            assertThrows(UnsupportedOperationException.class, session::velocity);
        }
    }

    /** One who checks that the test above can fail. */
    @Test
    void theDeviceCountsWhatIsLeft() {
        final QueuedDevice device = new RecordingDevice(false);
        assertEquals(1, device.open());
        device.allocate(4);
        assertEquals(2, device.open());
        device.mark().close();
        device.close();
        assertEquals(1, device.open());
    }
}
