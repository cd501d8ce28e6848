package org.spectralsignatures.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.EngineContract;
import org.spectralsignatures.engine.Engines;

class CpuEngineTest extends EngineContract {

    @Override
    protected Engine engine() {
        return new CpuEngine();
    }

    @Test
    void itIsFound() {
        assertEquals(CpuEngine.class, Engines.get().getClass());
        assertSame(Engines.get(), Engines.get());
    }
}
