package org.spectralsignatures.engine.cuda.driver;

import java.util.concurrent.atomic.AtomicInteger;

import org.bytedeco.cuda.global.cudart;

/**
 * The life of the device's context in this process. After an error that lasts, all that was made in it is lost; it is thrown away before the next device is
 * opened, so that a node can run again without a restart.
 */
final class Generation {

    private static final AtomicInteger NOW = new AtomicInteger();

    private static int cleaned;

    private Generation() {
    }

    /** @return number of the present one */
    static int now() {
        return NOW.get();
    }

    /** What was made until now is lost. */
    static void end() {
        NOW.incrementAndGet();
    }

    /**
     * Throws away what is lost.
     *
     * @param device index of the device that is about to be opened
     */
    static synchronized void begin(final int device) {
        if (cleaned != now()) {
            cleaned = now();
            cudart.cudaSetDevice(device); // may tell of the error still
            cudart.cudaDeviceReset(); // if it does not help, the next call says so
            cudart.cudaGetLastError();
        }
    }
}
