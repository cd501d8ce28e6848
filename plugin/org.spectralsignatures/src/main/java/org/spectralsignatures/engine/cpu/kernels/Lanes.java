package org.spectralsignatures.engine.cpu.kernels;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.bytedeco.javacpp.Loader;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Cuts a batch into lanes, runs of neighbouring images that are worked on side by side, so that what one step of a layer
 * leaves in a core's cache the next one finds there. Their number does not depend on that of the threads: sums over the
 * batch are made in each lane and then added in order, and always come out the same.
 *
 * @param images n, the batch
 */
public record Lanes(int images) {

    private static final int MOST = 16;

    /**
     * Whether ND4J and oneDNN share one OpenMP library, so that what ND4J sets for a thread holds for oneDNN, too. Elsewhere
     * one thread walks through the lanes, and oneDNN spreads over the cores by itself.
     */
    private static final boolean ONE_OPENMP = Loader.getPlatform().startsWith("linux");

    private static final ForkJoinPool POOL =
        new ForkJoinPool(ONE_OPENMP ? Runtime.getRuntime().availableProcessors() : 1, Worker::new, null, false);

    /** On Linux, native code that such a thread calls does not spread over further threads. */
    private static final class Worker extends ForkJoinWorkerThread {
        Worker(final ForkJoinPool pool) {
            super(pool);
            setDaemon(true);
            setName("Spectral Signatures kernel " + getPoolIndex());
        }

        @Override
        protected void onStart() {
            super.onStart();
            if (ONE_OPENMP) {
                NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
            }
        }
    }

    /** @return number of lanes, at least one */
    public int count() {
        return Math.max(1, Math.min(MOST, images));
    }

    /**
     * @param lane from 0
     * @return its first image; for the number of lanes, the number of images
     */
    public int first(final int lane) {
        return (int)((long)images * lane / count());
    }

    /**
     * @param lane from 0
     * @return number of its images
     */
    public int size(final int lane) {
        return first(lane + 1) - first(lane);
    }

    /**
     * Works on all lanes and waits for them.
     *
     * @param task takes a lane; lanes run at the same time
     */
    public void run(final IntConsumer task) {
        final var failure = new AtomicReference<RuntimeException>();
        POOL.submit(() -> IntStream.range(0, count()).parallel().forEach(lane -> {
            try {
                task.accept(lane);
            } catch (RuntimeException e) { // waits until no lane is at work: their arrays may be freed after it
                failure.compareAndSet(null, e);
            }
        })).join();
        if (failure.get() != null) {
            throw failure.get();
        }
    }
}
