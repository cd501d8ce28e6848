package org.spectralsignatures.engine.cuda.driver;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.bytedeco.cuda.global.cudart;

/**
 * The life of the device's context in this process. After an error that lasts, all that was made in it is lost; it is thrown away before the next device is
 * opened, so that a node can run again without a restart.
 */
final class Generation {

    private static final AtomicInteger NOW = new AtomicInteger();

    private static int cleaned;

    /** Threads that fill a batch or free one do not wait for their turn: what they use must not go meanwhile. */
    private static final ReadWriteLock CONTEXT = new ReentrantReadWriteLock();

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

    /** A piece of work during which the context stays. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** @return what keeps {@link #begin} waiting until it is closed, by the same thread */
    static Held hold() {
        CONTEXT.readLock().lock();
        return CONTEXT.readLock()::unlock;
    }

    /**
     * Throws away what is lost.
     *
     * @param device index of the device that is about to be opened
     */
    static synchronized void begin(final int device) {
        if (cleaned != now()) {
            cleaned = now();
            CONTEXT.writeLock().lock();
            try {
                cudart.cudaSetDevice(device); // may tell of the error still
                cudart.cudaDeviceReset(); // if it does not help, the next call says so
                cudart.cudaGetLastError();
            } finally {
                CONTEXT.writeLock().unlock();
            }
        }
    }
}
