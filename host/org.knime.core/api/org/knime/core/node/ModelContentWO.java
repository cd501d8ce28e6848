package org.knime.core.node;

import org.knime.core.node.config.ConfigWO;

/** A tree that holds the content of a model, to be written. */
public interface ModelContentWO extends ConfigWO {

    /** @return a new, empty sub tree */
    ModelContentWO addModelContent(String key);
}
