package org.knime.core.node.config;

import org.knime.core.node.config.base.ConfigBaseWO;

/** A tree of settings, to be written. */
public interface ConfigWO extends ConfigBaseWO {

    /** @return a new, empty sub tree */
    Config addConfig(String key);
}
