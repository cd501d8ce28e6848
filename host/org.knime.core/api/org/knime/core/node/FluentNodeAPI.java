package org.knime.core.node;

/** Marks what is built step by step to describe a node. */
public interface FluentNodeAPI {
}
