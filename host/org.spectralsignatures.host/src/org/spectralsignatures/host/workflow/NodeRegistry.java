package org.spectralsignatures.host.workflow;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.Platform;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;

/** The installed nodes, from the extension point {@code org.knime.workbench.repository.nodes}. */
public final class NodeRegistry {

    private static final String EXTENSION_POINT = "org.knime.workbench.repository.nodes";

    private static final String FACTORY = "factory-class";

    private NodeRegistry() {
    }

    /**
     * @param factoryClass name of a factory
     * @return the factory, null if no such node is installed
     * @throws WorkflowLoadException if it is installed but cannot be made
     */
    public static NodeFactory<? extends NodeModel> find(final String factoryClass) throws WorkflowLoadException {
        for (IConfigurationElement element : elements()) {
            if (factoryClass.equals(element.getAttribute(FACTORY))) {
                return make(element);
            }
        }
        return null;
    }

    /**
     * @param name as the node calls itself
     * @return the factory, null if no such node is installed
     * @throws WorkflowLoadException if an installed node cannot be made
     */
    public static NodeFactory<? extends NodeModel> named(final String name) throws WorkflowLoadException {
        for (IConfigurationElement element : elements()) {
            final NodeFactory<? extends NodeModel> factory = make(element);
            if (factory.getNodeName().equals(name)) {
                return factory;
            }
        }
        return null;
    }

    /**
     * @return the factories of all installed nodes, those of a bundle in the order of its {@code plugin.xml}
     * @throws WorkflowLoadException if one of them cannot be made
     */
    public static List<NodeFactory<? extends NodeModel>> all() throws WorkflowLoadException {
        final var all = new ArrayList<NodeFactory<? extends NodeModel>>();
        for (IConfigurationElement element : elements()) {
            all.add(make(element));
        }
        return all;
    }

    private static IConfigurationElement[] elements() {
        return Platform.getExtensionRegistry().getConfigurationElementsFor(EXTENSION_POINT);
    }

    @SuppressWarnings("unchecked")
    private static NodeFactory<? extends NodeModel> make(final IConfigurationElement element) throws WorkflowLoadException {
        try {
            return (NodeFactory<? extends NodeModel>)element.createExecutableExtension(FACTORY);
        } catch (CoreException | LinkageError e) {
            final Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new WorkflowLoadException("The node factory '" + element.getAttribute(FACTORY) + "' cannot be made: " + cause, e);
        }
    }
}
