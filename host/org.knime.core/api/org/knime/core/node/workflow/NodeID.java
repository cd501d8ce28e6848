package org.knime.core.node.workflow;

import java.io.Serializable;
import java.util.Objects;

/** The number of a node, behind those of the workflow and of the metanodes and components that it lies in. */
public class NodeID implements Serializable {

    private static final long serialVersionUID = 1L;

    private final NodeID m_prefix;

    private final int m_index;

    /** @param ix number of a workflow */
    public NodeID(final int ix) {
        this(null, ix);
    }

    /**
     * @param prefix what it lies in
     * @param ix its own number
     */
    public NodeID(final NodeID prefix, final int ix) {
        m_prefix = prefix;
        m_index = ix;
    }

    @Override
    public String toString() {
        return m_prefix == null ? Integer.toString(m_index) : m_prefix + ":" + m_index;
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof NodeID that && that.m_index == m_index && Objects.equals(that.m_prefix, m_prefix);
    }

    @Override
    public int hashCode() {
        return Objects.hash(m_prefix, m_index);
    }
}
