package org.spectralsignatures.host.workflow;

import java.nio.file.Path;

import org.knime.core.node.Node;
import org.spectralsignatures.host.text.VisibleText;

/**
 * A node of a workflow.
 *
 * @param id its number; in a metanode or component one that no other node has
 * @param path its number as KNIME writes it: {@code 4}, {@code 5:3} in metanode 5, {@code 5:0:3} in component 5
 * @param name its name
 * @param file its {@code settings.xml}
 * @param node what it does
 */
public record WorkflowNode(int id, String path, String name, Path file, Node node) {

    /** @return for example {@code ResNet Learner (#4)} */
    public String label() {
        return VisibleText.line(name) + " (#" + path + ")";
    }
}
