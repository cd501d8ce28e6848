package org.knime.core.node.config.base;

import java.util.Objects;

import javax.swing.tree.TreeNode;

/** What has a key in a tree of settings. */
public abstract class AbstractConfigEntry implements TreeNode {

    private final String m_key;

    private ConfigBase m_parent;

    AbstractConfigEntry(final String key) {
        m_key = Objects.requireNonNull(key, "A config needs a key.");
    }

    /** @return the key */
    public final String getKey() {
        return m_key;
    }

    /** @return the tree that this is a part of, null for the whole */
    @Override
    public final TreeNode getParent() {
        return m_parent;
    }

    @Override
    public final boolean getAllowsChildren() {
        return !isLeaf();
    }

    void setParent(final ConfigBase parent) {
        m_parent = parent;
    }
}
