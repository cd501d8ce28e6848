package org.spectralsignatures.network.onnx;

import org.spectralsignatures.engine.TensorModel;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** A run of a model that ends soon when a monitor says so: a thread asks it while the model runs. */
final class StoppableRun {

    private static final long MILLISECONDS = 100;

    private StoppableRun() {
    }

    /**
     * @param model to be stopped
     * @param monitor is asked
     * @param run computes
     * @throws IllegalStateException if the model was stopped, or the run failed
     */
    static void of(final TensorModel model, final TaskMonitor monitor, final Runnable run) {
        final var watch = new Thread(() -> watch(model, monitor), "Spectral Signatures: cancellation of a network");
        watch.setDaemon(true);
        watch.start();
        try {
            run.run();
        } finally {
            watch.interrupt();
            join(watch);
        }
    }

    private static void watch(final TensorModel model, final TaskMonitor monitor) {
        try {
            while (true) {
                Thread.sleep(MILLISECONDS);
                monitor.checkCancelled();
            }
        } catch (InterruptedException e) { // NOSONAR the run is over
        } catch (TaskCancelledException e) { // NOSONAR that is what it waits for
            model.stop();
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
