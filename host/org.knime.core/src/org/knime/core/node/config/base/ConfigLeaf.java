package org.knime.core.node.config.base;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Objects;

import javax.swing.tree.TreeNode;

/** An entry with a value, kept as the text that stands in the file: what it means is looked at when somebody asks. */
final class ConfigLeaf extends AbstractConfigEntry {

    private final String m_value;

    ConfigLeaf(final ConfigEntries type, final String key, final String value) {
        super(type, key);
        if (type == ConfigEntries.config) {
            throw new IllegalArgumentException("A sub tree is no entry with a value.");
        }
        m_value = value;
    }

    @Override
    public String toStringValue() {
        return m_value;
    }

    @Override
    public TreeNode getChildAt(final int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int getChildCount() {
        return 0;
    }

    @Override
    public int getIndex(final TreeNode node) {
        return -1;
    }

    @Override
    public boolean isLeaf() {
        return true;
    }

    @Override
    public Enumeration<TreeNode> children() {
        return Collections.emptyEnumeration();
    }

    @Override
    public boolean equals(final Object o) {
        return o instanceof ConfigLeaf other && getKey().equals(other.getKey()) && getType() == other.getType() && Objects.equals(m_value, other.m_value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(getKey(), getType(), m_value);
    }
}
