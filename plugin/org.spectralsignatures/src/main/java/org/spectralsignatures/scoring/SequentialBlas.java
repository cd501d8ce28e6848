package org.spectralsignatures.scoring;

import static org.bytedeco.openblas.global.openblas.blas_get_num_threads;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;

import org.spectralsignatures.storage.NativeFolder;

/**
 * While one is open, each call of OpenBLAS stays in its own thread: the callers are the threads, and the order of each sum
 * does not depend on their number.
 */
final class SequentialBlas implements AutoCloseable {

    static {
        NativeFolder.choose();
    }

    private static int open;

    private static int threadsBefore;

    private SequentialBlas() {
    }

    static SequentialBlas enter() {
        synchronized (SequentialBlas.class) {
            if (open++ == 0) {
                threadsBefore = blas_get_num_threads();
                blas_set_num_threads(1);
            }
        }
        return new SequentialBlas();
    }

    @Override
    public void close() {
        synchronized (SequentialBlas.class) {
            if (--open == 0) {
                blas_set_num_threads(threadsBefore);
            }
        }
    }
}
