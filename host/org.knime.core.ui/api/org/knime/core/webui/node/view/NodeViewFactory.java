package org.knime.core.webui.node.view;

import org.knime.core.node.NodeModel;

/** A node's factory that makes a view. */
public interface NodeViewFactory<T extends NodeModel> {

    /** @return a view of a node */
    NodeView createNodeView(T nodeModel);

    /** @return whether the node has a view */
    boolean hasNodeView();
}
