package org.knime.core.node;

import org.knime.core.node.config.ConfigWO;

/** A tree that holds a node's settings, to be written. */
public interface NodeSettingsWO extends ConfigWO {

    /** @return a new, empty sub tree */
    NodeSettingsWO addNodeSettings(String key);
}
