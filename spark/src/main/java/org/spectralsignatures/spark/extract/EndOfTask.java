package org.spectralsignatures.spark.extract;

import org.apache.spark.TaskContext;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Hears of it when Spark ends the task that made it, on whichever thread it is asked. */
public final class EndOfTask implements TaskMonitor {

    /** Null on the driver. */
    private final TaskContext task = TaskContext.get();

    @Override
    public void progress(final double fraction, final String message) {
        // Spark counts tasks
    }

    @Override
    public void checkCancelled() throws TaskCancelledException {
        if (task != null && task.isInterrupted()) {
            throw new TaskCancelledException();
        }
    }
}
