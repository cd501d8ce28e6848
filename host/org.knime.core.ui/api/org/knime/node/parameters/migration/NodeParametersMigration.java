package org.knime.node.parameters.migration;

import java.util.List;

/**
 * The other forms of settings.
 *
 * @param <T> type of the settings
 */
public interface NodeParametersMigration<T> {

    /** @return the forms; the first that matches is taken */
    List<ConfigMigration<T>> getConfigMigrations();
}
