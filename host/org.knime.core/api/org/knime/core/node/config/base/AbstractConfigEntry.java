package org.knime.core.node.config.base;

import java.util.Objects;

import javax.swing.tree.TreeNode;

/** What has a key in a tree of settings. */
public abstract class AbstractConfigEntry implements TreeNode {

    private final ConfigEntries m_type;

    private final String m_key;

    private AbstractConfigEntry m_parent;

    AbstractConfigEntry(final ConfigEntries type, final String key) {
        m_type = type;
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

    /** @param parent the tree that this becomes a part of */
    public final void setParent(final AbstractConfigEntry parent) {
        m_parent = parent;
    }

    /** @return what kind of entry it is */
    public final ConfigEntries getType() {
        return m_type;
    }

    /** @return the value as text, null for the text null */
    public abstract String toStringValue();
}
