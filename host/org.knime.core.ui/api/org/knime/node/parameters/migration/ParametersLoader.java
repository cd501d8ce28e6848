package org.knime.node.parameters.migration;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;

/**
 * Makes an object out of settings.
 *
 * @param <T> type of the object
 */
@FunctionalInterface
public interface ParametersLoader<T> {

    /**
     * @return the object
     * @throws InvalidSettingsException if the settings do not allow it
     */
    T load(NodeSettingsRO settings) throws InvalidSettingsException;
}
