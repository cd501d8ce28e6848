package org.knime.core.node;

import java.net.URL;

import org.w3c.dom.Element;

/** Makes a node's model and knows its texts. */
public abstract class NodeFactory<T extends NodeModel> {

    /** What kind of node it is; decides its colour. */
    public enum NodeType {

        /** Makes data. */
        Source,

        /** Stores data. */
        Sink,

        /** Trains a model. */
        Learner,

        /** Applies a model. */
        Predictor,

        /** Changes data. */
        Manipulator,

        /** Shows data. */
        Visualizer,

        /** Anything else. */
        Other
    }

    /** For subclasses with a public constructor without arguments. */
    protected NodeFactory() {
        // nothing to prepare
    }

    /** @return a new model */
    public abstract T createNodeModel();

    /** @return what kind of node it is */
    public abstract NodeType getType();

    /** @return the node's name */
    public abstract String getNodeName();

    /** @return name of an output port, from 0 */
    public abstract String getOutportName(int index);

    /** @return name of an input port, from 0 */
    public abstract String getInportName(int index);

    /** @return all texts of the node, as the element {@code knimeNode} */
    public abstract Element getXMLDescription();

    /** @return where the node's icon lies, null if there is none */
    public abstract URL getIcon();
}
