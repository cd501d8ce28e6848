package org.spectralsignatures.network.onnx;

import java.util.function.BooleanSupplier;

import org.spectralsignatures.engine.TensorModel;

/** A run of a model that ends soon when its caller wants no more: a thread asks while the model runs. */
final class StoppableRun {

    private static final long MILLISECONDS = 100;

    private StoppableRun() {
    }

    /**
     * @param model to be stopped
     * @param cancelled is asked
     * @param run computes
     * @throws IllegalStateException if the model was stopped, or the run failed
     */
    static void of(final TensorModel model, final BooleanSupplier cancelled, final Runnable run) {
        final var watch = new Thread(() -> watch(model, cancelled), "Spectral Signatures: cancellation of a network");
        watch.setDaemon(true);
        watch.start();
        try {
            run.run();
        } finally {
            watch.interrupt();
            join(watch);
        }
    }

    private static void watch(final TensorModel model, final BooleanSupplier cancelled) {
        try {
            while (!cancelled.getAsBoolean()) {
                Thread.sleep(MILLISECONDS);
            }
            model.stop();
        } catch (InterruptedException e) { // NOSONAR the run is over
        }
    }

    /** The model may be closed when nobody stops it any longer. */
    private static void join(final Thread watch) {
        boolean interrupted = false;
        while (watch.isAlive()) {
            try {
                watch.join();
            } catch (InterruptedException e) { // NOSONAR said again below
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
