package org.spectralsignatures.benchmarks.gpu;

import java.util.Locale;

import org.opentest4j.TestAbortedException;
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.cuda.CudaEngines;
import org.spectralsignatures.engine.cuda.EmulatedDevices;
import org.spectralsignatures.engine.cuda.device.EmulatedDevice;
import org.spectralsignatures.engine.cuda.driver.NvidiaDevices;
import org.spectralsignatures.engine.cuda.libraries.CudaLibraries;

/** Whose engine is checked, and how much is computed with it. */
enum Checked {

    /** The processor of the machine that packs, for what is compared with. */
    CPU(Sizes.FULL) {
        @Override
        Engine open() {
            return Engines.get();
        }

        @Override
        String problem() {
            return Engines.get().problem();
        }
    },

    /** The graphics processor. The engine does not look at itself first: where that fails it is all the more of interest what does not. */
    CUDA(Sizes.FULL) {
        @Override
        Engine open() {
            return CudaEngines.of(new NvidiaDevices(CudaLibraries::problem, CudaLibraries::device, CudaLibraries::describe));
        }

        @Override
        String problem() {
            return CudaLibraries.problem();
        }
    },

    /** The same engine on a device that g++ makes of the processor. */
    EMULATED(Sizes.TINY) {
        @Override
        Engine open() {
            return new EmulatedDevices().engine();
        }

        @Override
        String problem() {
            try {
                EmulatedDevice.require();
                return "";
            } catch (TestAbortedException e) { // NOSONAR so it tells tests
                return e.getMessage();
            }
        }
    };

    private final Sizes sizes;

    Checked(final Sizes sizes) {
        this.sizes = sizes;
    }

    /** @return the one of that name, in lower case */
    static Checked of(final String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    Sizes sizes() {
        return sizes;
    }

    /** @return its engine, after {@link #problem()} said that there is one */
    abstract Engine open();

    /** @return why there is none, in a sentence; empty if there is one */
    abstract String problem();
}
