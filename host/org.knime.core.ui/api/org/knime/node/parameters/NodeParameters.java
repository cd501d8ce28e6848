package org.knime.node.parameters;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.persistence.Persistable;

/** A node's settings, one a field. */
public interface NodeParameters extends Persistable, WidgetGroup {

    /** @throws InvalidSettingsException if the settings contradict each other or are out of range */
    default void validate() throws InvalidSettingsException {
        // valid unless a class says otherwise
    }
}
