package org.knime.core.node.workflow;

/** A node in its workflow. */
public abstract class NodeContainer {

    private final NodeID m_id;

    /** @param id its number */
    protected NodeContainer(final NodeID id) {
        m_id = id;
    }

    /** @return its number */
    public final NodeID getID() {
        return m_id;
    }
}
