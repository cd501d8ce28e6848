package org.spectralsignatures.nodes.task;

import org.knime.core.node.workflow.NodeContainer;
import org.knime.core.node.workflow.NodeContext;

/** The node that the calling thread executes. */
public final class CurrentNode {

    private CurrentNode() {
    }

    /** @return its number in its workflow, such as {@code 5}, or {@code 5:0:3} in component 5; empty if the thread executes none */
    public static String number() {
        final NodeContext context = NodeContext.getContext();
        final NodeContainer node = context == null ? null : context.getNodeContainer();
        return node == null ? "" : node.getID().toString().replaceFirst("^\\d+:", ""); // the first number is that of the workflow among those that are open
    }
}
