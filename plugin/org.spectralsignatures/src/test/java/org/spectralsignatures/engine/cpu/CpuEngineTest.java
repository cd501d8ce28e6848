package org.spectralsignatures.engine.cpu;

import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.EngineContract;

class CpuEngineTest extends EngineContract {

    @Override
    protected Engine engine() {
        return new CpuEngine();
    }
}
