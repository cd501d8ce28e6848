package org.spectralsignatures.host.report;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.spectralsignatures.host.engine.EngineListener;
import org.spectralsignatures.host.engine.NodeState;
import org.spectralsignatures.host.workflow.WorkflowNode;

/** Remembers what became of each node, and tells another listener. */
public final class RunRecord implements EngineListener {

    /**
     * What became of a node.
     *
     * @param state its last state
     * @param message an error or a warning; null for none
     * @param start when it began, in {@link System#nanoTime()}; 0 if it did not
     * @param seconds how long it took; NaN if it did not end
     */
    record Outcome(NodeState state, String message, long start, double seconds) {
    }

    private static final Outcome NONE = new Outcome(NodeState.IDLE, null, 0, Double.NaN);

    private final EngineListener m_next;

    private final Map<WorkflowNode, Outcome> m_outcomes = new ConcurrentHashMap<>();

    private final Set<WorkflowNode> m_taken = ConcurrentHashMap.newKeySet();

    /** @param next is told the same */
    public RunRecord(final EngineListener next) {
        m_next = next;
    }

    @Override
    public void state(final WorkflowNode node, final NodeState state, final String message) {
        final long now = System.nanoTime();
        m_outcomes.compute(node, (key, old) -> switch (state) {
            case EXECUTING -> new Outcome(state, message, now, Double.NaN);
            case EXECUTED, FAILED, CANCELLED -> new Outcome(state, message, 0, old == null || old.start == 0 ? Double.NaN : (now - old.start) / 1e9);
            case IDLE, CONFIGURED -> new Outcome(state, message, 0, Double.NaN);
        });
        m_next.state(node, state, message);
    }

    @Override
    public void progress(final WorkflowNode node, final double fraction, final String message) {
        m_next.progress(node, fraction, message);
    }

    @Override
    public void taken(final WorkflowNode node) {
        m_taken.add(node);
        m_next.taken(node);
    }

    @Override
    public void note(final String text) {
        m_next.note(text);
    }

    @Override
    public void defect(final WorkflowNode node, final Throwable e) {
        m_next.defect(node, e);
    }

    /** @return whether its results are of an earlier run */
    boolean isTaken(final WorkflowNode node) {
        return m_taken.contains(node);
    }

    Outcome outcome(final WorkflowNode node) {
        return m_outcomes.getOrDefault(node, NONE);
    }
}
