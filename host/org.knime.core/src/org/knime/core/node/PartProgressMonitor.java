package org.knime.core.node;

/** The monitor of a part of a task: what it reports counts as its share of the whole, beside other parts. */
final class PartProgressMonitor implements NodeProgressMonitor {

    private final NodeProgressMonitor m_whole;

    private final double m_share;

    private final boolean m_silent;

    private final boolean m_cancelable;

    private Double m_progress;

    private String m_message;

    PartProgressMonitor(final NodeProgressMonitor whole, final double share, final boolean silent, final boolean cancelable) {
        m_whole = whole;
        m_share = share;
        m_silent = silent;
        m_cancelable = cancelable;
    }

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        if (m_cancelable) {
            m_whole.checkCanceled();
        }
    }

    @Override
    public void setProgress(final double progress) {
        synchronized (m_whole) {
            final double bounded = Math.max(0, Math.min(1, progress));
            final double step = Math.max(0, bounded - (m_progress == null ? 0 : m_progress));
            m_progress = m_progress == null ? bounded : Math.max(m_progress, bounded);
            m_whole.setProgress((m_whole.getProgress() == null ? 0 : m_whole.getProgress()) + step * m_share);
        }
    }

    @Override
    public Double getProgress() {
        return m_progress;
    }

    @Override
    public void setMessage(final String message) {
        m_message = message;
        if (!m_silent) {
            m_whole.setMessage(message);
        }
    }

    @Override
    public String getMessage() {
        return m_message;
    }
}
