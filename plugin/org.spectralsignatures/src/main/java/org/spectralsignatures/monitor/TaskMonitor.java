package org.spectralsignatures.monitor;

/**
 * What a long task tells its caller (how far it is) and asks it (whether to stop). Implementations must be safe to call
 * from several threads.
 */
public interface TaskMonitor {

    /**
     * Reports progress.
     *
     * @param fraction work done so far, from 0 to 1
     * @param message what is being done, with an estimate of the time left where one is known
     */
    void progress(double fraction, String message);

    /**
     * Returns normally while the task may go on. Called at least once a batch.
     *
     * @throws TaskCancelledException when the task must stop
     */
    void checkCancelled() throws TaskCancelledException;

    /** @return whether the task must stop, for whoever cannot be thrown at */
    default boolean isCancelled() {
        try {
            checkCancelled();
            return false;
        } catch (TaskCancelledException e) { // NOSONAR that is the answer
            return true;
        }
    }

    /**
     * A monitor for one part of this task.
     *
     * @param from this task's fraction where the part begins
     * @param to this task's fraction where the part ends
     * @return a monitor that maps 0..1 of the part to {@code from..to} of this task and shares its cancellation
     */
    default TaskMonitor part(final double from, final double to) {
        final var whole = this;
        return new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                whole.progress(from + (to - from) * Math.min(1, Math.max(0, fraction)), message);
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                whole.checkCancelled();
            }
        };
    }

    /** @return a monitor that ignores progress and never cancels */
    static TaskMonitor none() {
        return new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // nobody listens
            }

            @Override
            public void checkCancelled() {
                // nobody cancels
            }
        };
    }
}
