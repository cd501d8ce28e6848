package org.knime.node.parameters.migration;

import java.util.List;

/**
 * The value that a field gets where saved settings lack it.
 *
 * @param <T> type of the field
 */
@FunctionalInterface
public interface DefaultProvider<T> extends NodeParametersMigration<T> {

    /** @return the value */
    T getDefault();

    /** Never asked by the host, which needs the value only. */
    @Override
    default List<ConfigMigration<T>> getConfigMigrations() {
        return List.of();
    }
}
