package org.spectralsignatures.host.engine;

import java.util.function.BooleanSupplier;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.NodeProgressMonitor;
import org.spectralsignatures.host.workflow.WorkflowNode;

/** Hands the progress of a running node on to a listener, and tells the node when it is to stop. */
final class NodeProgress implements NodeProgressMonitor {

    private final WorkflowNode m_node;

    private final EngineListener m_listener;

    private final BooleanSupplier m_cancelled;

    private volatile String m_message;

    private volatile Double m_progress;

    NodeProgress(final WorkflowNode node, final EngineListener listener, final BooleanSupplier cancelled) {
        m_node = node;
        m_listener = listener;
        m_cancelled = cancelled;
    }

    @Override
    public Double getProgress() {
        return m_progress;
    }

    @Override
    public String getMessage() {
        return m_message;
    }

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        if (m_cancelled.getAsBoolean()) {
            throw new CanceledExecutionException();
        }
    }

    @Override
    public void setProgress(final double progress) {
        m_progress = Math.max(0, Math.min(1, progress));
        m_listener.progress(m_node, m_progress, m_message);
    }

    @Override
    public void setMessage(final String message) {
        m_message = message == null ? m_message : message;
    }
}
