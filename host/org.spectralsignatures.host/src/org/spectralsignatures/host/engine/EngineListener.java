package org.spectralsignatures.host.engine;

import org.spectralsignatures.host.workflow.WorkflowNode;

/** Hears what a workflow's nodes do; called from several threads. */
public interface EngineListener {

    /**
     * A node changed its state.
     *
     * @param message an error or a warning; null for none
     */
    void state(WorkflowNode node, NodeState state, String message);

    /** A node made progress, from 0 to 1. */
    void progress(WorkflowNode node, double fraction, String message);

    /** A node ended in an exception that only its stack trace explains; its state was told before. */
    default void defect(final WorkflowNode node, final Throwable e) {
        // nothing to do
    }
}
