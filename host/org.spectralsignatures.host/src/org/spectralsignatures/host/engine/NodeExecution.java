package org.spectralsignatures.host.engine;

import java.util.concurrent.Callable;

import org.knime.core.node.port.PortObject;
import org.spectralsignatures.host.workflow.WorkflowNode;

/** How a node that can run comes to its results: by being executed, or else from where they are kept; called from several threads. */
public interface NodeExecution {

    /** Every node is executed. */
    NodeExecution ALWAYS = (node, inputs, execute) -> execute.call();

    /**
     * @param node configured with the specs of its inputs
     * @param inputs null where nothing is connected
     * @param execute executes the node
     * @return its outputs, and the node in the state that its execution leads to
     * @throws Exception what the execution throws, and nothing else
     */
    PortObject[] results(WorkflowNode node, PortObject[] inputs, Callable<PortObject[]> execute) throws Exception; // NOSONAR as KNIME's nodes
}
