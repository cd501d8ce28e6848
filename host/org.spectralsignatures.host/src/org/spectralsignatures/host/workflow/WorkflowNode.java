package org.spectralsignatures.host.workflow;

import org.knime.core.node.Node;

/**
 * A node of a workflow.
 *
 * @param id its number
 * @param name its name
 * @param node what it does
 */
public record WorkflowNode(int id, String name, Node node) {

    /** @return for example {@code ResNet Learner (#4)} */
    public String label() {
        return name + " (#" + id + ")";
    }
}
