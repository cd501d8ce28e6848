package org.knime.core.node;

import java.util.function.Supplier;

/** Progress and cancellation of a task, or of a part of it. */
public class ExecutionMonitor {

    private final NodeProgressMonitor m_progress;

    private final double m_from;

    private final double m_share;

    private volatile double m_last;

    /** A monitor that nobody watches. */
    public ExecutionMonitor() {
        this(new NodeProgressMonitor() {
            @Override
            public void checkCanceled() {
                // nobody cancels
            }

            @Override
            public void setProgress(final double progress) {
                // nobody watches
            }

            @Override
            public void setMessage(final String message) {
                // nobody watches
            }
        });
    }

    /** @param progress receives what is reported */
    public ExecutionMonitor(final NodeProgressMonitor progress) {
        this(progress, 0, 1);
    }

    private ExecutionMonitor(final NodeProgressMonitor progress, final double from, final double share) {
        m_progress = progress;
        m_from = from;
        m_share = share;
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
        m_last = Math.min(1, Math.max(0, progress));
        m_progress.setProgress(m_from + m_share * m_last);
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
    public void setMessage(final String message) {
        m_progress.setMessage(message);
    }

    /** @return a monitor for the next part of this task */
    public ExecutionMonitor createSubProgress(final double maxProg) {
        return new ExecutionMonitor(m_progress, m_from + m_share * m_last, m_share * maxProg);
    }
}
