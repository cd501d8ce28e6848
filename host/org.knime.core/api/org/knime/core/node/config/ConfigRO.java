package org.knime.core.node.config;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.base.ConfigBaseRO;

/** A tree of settings, to be read. */
public interface ConfigRO extends ConfigBaseRO {

    /**
     * @return a sub tree
     * @throws InvalidSettingsException if there is none of that key
     */
    Config getConfig(String key) throws InvalidSettingsException;
}
