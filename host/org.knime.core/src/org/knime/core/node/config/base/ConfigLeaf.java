package org.knime.core.node.config.base;

import java.util.Collections;
import java.util.Enumeration;

import javax.swing.tree.TreeNode;

/**
 * An entry as a part of its tree.
 *
 * @param parent the tree
 * @param key of the entry
 */
record ConfigLeaf(ConfigBase parent, String key) implements TreeNode {

    @Override
    public TreeNode getChildAt(final int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int getChildCount() {
        return 0;
    }

    @Override
    public TreeNode getParent() {
        return parent;
    }

    @Override
    public int getIndex(final TreeNode node) {
        return -1;
    }

    @Override
    public boolean getAllowsChildren() {
        return false;
    }

    @Override
    public boolean isLeaf() {
        return true;
    }

    @Override
    public Enumeration<TreeNode> children() {
        return Collections.emptyEnumeration();
    }
}
