package org.knime.core.node;

import org.knime.core.node.config.ConfigRO;

/** A tree that holds the content of a model, to be read. */
public interface ModelContentRO extends ConfigRO {

    /**
     * @return a sub tree
     * @throws InvalidSettingsException if there is none of that key
     */
    ModelContentRO getModelContent(String key) throws InvalidSettingsException;
}
