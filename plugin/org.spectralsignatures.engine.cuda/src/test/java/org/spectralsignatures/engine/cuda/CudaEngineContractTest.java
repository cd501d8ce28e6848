package org.spectralsignatures.engine.cuda;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.EngineContract;
import org.spectralsignatures.engine.cuda.device.EmulatedDevice;

/** The whole engine on a device of the processor's; skipped where there is no compiler of C++. */
class CudaEngineContractTest extends EngineContract {

    private final EmulatedDevices devices = new EmulatedDevices();

    private final CudaEngine engine = new CudaEngine(devices, null);

    @BeforeAll
    static void build() {
        EmulatedDevice.require();
    }

    @Override
    protected Engine engine() {
        return engine;
    }

    @AfterEach
    void nothingIsLeftOpen() {
        Assertions.assertEquals(0, devices.left());
    }
}
