package org.knime.core.node;

/** A monitor that nobody watches and nobody cancels. */
final class UnwatchedProgressMonitor implements NodeProgressMonitor {

    private volatile Double m_progress;

    private volatile String m_message;

    @Override
    public void checkCanceled() {
        // nobody cancels
    }

    @Override
    public void setProgress(final double progress) {
        m_progress = progress;
    }

    @Override
    public Double getProgress() {
        return m_progress;
    }

    @Override
    public void setMessage(final String message) {
        m_message = message;
    }

    @Override
    public String getMessage() {
        return m_message;
    }
}
