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

    /** A node is not executed, since its results are there from before; its state {@link NodeState#EXECUTED} is told next. */
    default void taken(final WorkflowNode node) {
        // nothing to do
    }

    /** Something that a user should know, but that stops no node. */
    default void note(final String text) {
        // nothing to do
    }

    /** A node ended in an exception that only its stack trace explains; its state was told before. */
    default void defect(final WorkflowNode node, final Throwable e) {
        // nothing to do
    }
}
