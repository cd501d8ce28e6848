package org.knime.core.node;

import org.knime.core.node.config.ConfigRO;

/** A tree that holds a node's settings, to be read. */
public interface NodeSettingsRO extends ConfigRO {

    /**
     * @return a sub tree
     * @throws InvalidSettingsException if there is none of that key
     */
    NodeSettingsRO getNodeSettings(String key) throws InvalidSettingsException;
}
