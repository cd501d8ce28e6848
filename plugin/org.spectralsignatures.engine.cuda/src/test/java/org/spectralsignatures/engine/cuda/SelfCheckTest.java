package org.spectralsignatures.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.cuda.device.EmulatedDevice;

/** What comes out of the small network, and what is said where something else does. */
class SelfCheckTest {

    private final EmulatedDevices devices = new EmulatedDevices();

    @BeforeAll
    static void build() {
        EmulatedDevice.require();
    }

    @Test
    void whatIsKnownComesOut() {
        final var engine = new CudaEngine(devices, new SelfCheck());
        try (var session = engine.train(SelfCheck.plan(), InitialParameters.draw(SelfCheck.plan(), 1), .9, 2e-4)) {
            final SelfCheck.Outcome outcome = SelfCheck.run(session);
            assertEquals(SelfCheck.KNOWN.first(), outcome.first(), 5e-4, outcome.toString());
            assertEquals(SelfCheck.KNOWN.last(), outcome.last(), 5e-4, outcome.toString());
            assertEquals(SelfCheck.KNOWN.probability(), outcome.probability(), 5e-4, outcome.toString());
        }
        assertEquals("", engine.problem());
        assertTrue(engine.present());
        assertEquals(0, devices.left());
    }

    /** As if a kernel of another compiler summed up something else: the descent has no momentum. */
    @Test
    void wrongResultsAreNotUsed() {
        final var engine = new CudaEngine(devices, null);
        final String problem = new SelfCheck().problem(() -> "GeForce", parameters -> engine.train(SelfCheck.plan(), parameters, 0, 0));
        assertTrue(problem.startsWith("The graphics processor (GeForce) computes a known network wrongly: ")
            && problem.endsWith("Update NVIDIA's driver, CUDA and cuDNN."), problem);
        assertEquals(0, devices.left());
    }

    /** So that the look-up can tell them from devices that there simply are not. */
    @Test
    void devicesThatMustNotBeUsedAreThere() {
        final var engine = new CudaEngine(devices.change(device -> device.failingAfter(0)), new SelfCheck());
        assertTrue(engine.problem().startsWith("The graphics processor (an emulated device) could not compute a small network: "), engine.problem());
        assertTrue(engine.present());
        assertEquals(0, devices.left());
    }

    @Test
    void aDeviceThatFailsIsNotUsed() {
        final String problem = new SelfCheck().problem(() -> "GeForce", parameters -> {
            throw new IllegalStateException("It is gone.");
        });
        assertEquals("The graphics processor (GeForce) could not compute a small network: It is gone.", problem);
    }
}
