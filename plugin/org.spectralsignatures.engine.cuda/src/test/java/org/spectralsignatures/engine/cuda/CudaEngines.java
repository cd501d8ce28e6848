package org.spectralsignatures.engine.cuda;

import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.cuda.device.Devices;

/** Engines for tests. */
public final class CudaEngines {

    private CudaEngines() {
    }

    /**
     * @param devices where it finds its device
     * @return the engine
     */
    public static Engine of(final Devices devices) {
        return new CudaEngine(devices, null);
    }
}
