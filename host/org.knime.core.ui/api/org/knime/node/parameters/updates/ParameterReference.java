package org.knime.node.parameters.updates;

/** Names a setting, for others to refer to. */
public interface ParameterReference<V> {
}
