package org.spectralsignatures.monitor;

/** Thrown by a long task that noticed, at one of its checks, that it was asked to stop. */
public final class TaskCancelledException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A cancellation without further detail. */
    public TaskCancelledException() {
        super("The task was cancelled.");
    }
}
