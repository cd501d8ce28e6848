package org.spectralsignatures.host.workflow;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.Platform;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;

/** The installed nodes, from the extension point {@code org.knime.workbench.repository.nodes}. */
public final class NodeRegistry {

    private static final String EXTENSION_POINT = "org.knime.workbench.repository.nodes";

    private NodeRegistry() {
    }

    /**
     * @param factoryClass name of a factory
     * @return the factory, null if no such node is installed
     * @throws WorkflowLoadException if it is installed but cannot be made
     */
    @SuppressWarnings("unchecked")
    public static NodeFactory<? extends NodeModel> find(final String factoryClass) throws WorkflowLoadException {
        for (IConfigurationElement element : Platform.getExtensionRegistry().getConfigurationElementsFor(EXTENSION_POINT)) {
            if (factoryClass.equals(element.getAttribute("factory-class"))) {
                try {
                    return (NodeFactory<? extends NodeModel>)element.createExecutableExtension("factory-class");
                } catch (CoreException | LinkageError e) {
                    final Throwable cause = e.getCause() == null ? e : e.getCause();
                    throw new WorkflowLoadException("The node factory '" + factoryClass + "' cannot be made: " + cause, e);
                }
            }
        }
        return null;
    }
}
