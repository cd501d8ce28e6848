package org.spectralsignatures.engine.cuda.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said before a device is opened. */
class NvidiaDevicesTest {

    private final NvidiaDevices devices = new NvidiaDevices(() -> "", () -> 0, () -> "GeForce");

    @AfterEach
    void asBefore() {
        System.clearProperty(NvidiaDevices.PRECISION);
    }

    @Test
    void thePrecisionIsThatOfTheProperty() {
        assertEquals("", devices.problem());
        assertEquals("GeForce, float32", devices.describe());
        System.setProperty(NvidiaDevices.PRECISION, " TF32 ");
        assertEquals("", devices.problem());
        assertEquals("GeForce, TF32", devices.describe());
    }

    @Test
    void anUnknownPrecisionIsAProblemLikeOthers() {
        System.setProperty(NvidiaDevices.PRECISION, "float16");
        assertEquals("The system property org.spectralsignatures.engine.cuda.precision is 'float16', but must be float32 or tf32.", devices.problem());
        assertTrue(devices.present());
        final var none = new NvidiaDevices(() -> "There is no driver.", () -> 0, () -> "");
        assertEquals("There is no driver.", none.problem());
        assertFalse(none.present());
    }
}
