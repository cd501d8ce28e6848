package org.knime.core.node;

import java.util.function.Supplier;

/** Progress and cancellation of a task, or of a part of it. */
public class ExecutionMonitor {

    private final NodeProgressMonitor m_progress;

    /** A monitor that nobody watches. */
    public ExecutionMonitor() {
        this(new UnwatchedProgressMonitor());
    }

    /** @param progress receives what is reported */
    public ExecutionMonitor(final NodeProgressMonitor progress) {
        if (progress == null) {
            throw new NullPointerException("An execution needs a monitor.");
        }
        m_progress = progress;
    }

    /** @return what receives the reports */
    public final NodeProgressMonitor getProgressMonitor() {
        return m_progress;
    }

    /** @throws CanceledExecutionException if the task was cancelled */
    public void checkCanceled() throws CanceledExecutionException {
        m_progress.checkCanceled();
    }

    /** @param progress from 0 to 1 */
    public void setProgress(final double progress) {
        m_progress.setProgress(progress);
    }

    /** Reports progress and what is being done. */
    public void setProgress(final double progress, final String message) {
        setMessage(message);
        setProgress(progress);
    }

    /** Reports progress and what is being done. */
    public void setProgress(final double progress, final Supplier<String> messageSupplier) {
        setProgress(progress, messageSupplier.get());
    }

    /** @param message what is being done */
    public void setProgress(final String message) {
        setMessage(message);
    }

    /** @param message what is being done */
    public void setMessage(final String message) {
        m_progress.setMessage(message);
    }

    /** @param messageSupplier says what is being done */
    public void setMessage(final Supplier<String> messageSupplier) {
        setMessage(messageSupplier.get());
    }

    /**
     * @param maxProg the part's share of this task, from 0 to 1
     * @return a monitor for a part of this task
     * @throws IllegalArgumentException if that is no share
     */
    public ExecutionMonitor createSubProgress(final double maxProg) {
        return new ExecutionMonitor(part(maxProg, false));
    }

    /** As {@link #createSubProgress(double)}, but messages are not shown. */
    public ExecutionMonitor createSilentSubProgress(final double maxProg) {
        return new ExecutionMonitor(part(maxProg, true));
    }

    /** @return a monitor for all of this task that does not hear of cancellation */
    public ExecutionMonitor createNonCancelableSubProgress() {
        return new ExecutionMonitor(new PartProgressMonitor(m_progress, 1, false, false));
    }

    final NodeProgressMonitor part(final double maxProg, final boolean silent) {
        if (!(maxProg >= 0 && maxProg <= 1)) {
            throw new IllegalArgumentException("The share of a part must lie between 0 and 1, but is " + maxProg + ".");
        }
        return new PartProgressMonitor(m_progress, maxProg, silent, true);
    }
}
