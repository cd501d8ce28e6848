package org.knime.node;

import java.net.URL;

import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
import org.knime.core.node.port.PortObjectHolder;
import org.knime.core.webui.node.view.NodeView;
import org.knime.core.webui.node.view.NodeViewFactory;
import org.w3c.dom.Element;

/** The factory of a node of the fluent API; a subclass has a public constructor without arguments. */
public abstract class DefaultNodeFactory extends NodeFactory<NodeModel> implements NodeViewFactory<NodeModel> {

    private final DefaultNode m_node;

    /** @param node all that makes the node */
    protected DefaultNodeFactory(final DefaultNode node) {
        m_node = node;
    }

    /** @deprecated only the engine calls it */
    @Deprecated
    @Override
    public final NodeModel createNodeModel() {
        return new DefaultNodeModel(m_node);
    }

    @Override
    public final boolean hasNodeView() {
        return m_node.getView().isPresent();
    }

    @Override
    public final NodeView createNodeView(final NodeModel nodeModel) {
        return new DefaultNodeView(m_node.getView().orElseThrow(IllegalStateException::new), (PortObjectHolder)nodeModel);
    }

    @Override
    public final NodeType getType() {
        return m_node.m_nodeType;
    }

    @Override
    public final String getNodeName() {
        return m_node.m_name;
    }

    @Override
    public final String getInportName(final int index) {
        return m_node.m_inputs.get(index).name();
    }

    @Override
    public final String getOutportName(final int index) {
        return m_node.m_outputs.get(index).name();
    }

    @Override
    public final Element getXMLDescription() {
        return DefaultNodeDescription.of(m_node);
    }

    @Override
    public final URL getIcon() {
        return getClass().getResource(m_node.m_icon);
    }
}
