package org.knime.node.parameters.migration;

import java.util.function.Predicate;

import org.knime.core.node.NodeSettingsRO;

/**
 * Another form in which settings were saved: how it is recognised and how it is loaded.
 *
 * @param <T> type of the settings
 */
public final class ConfigMigration<T> {

    private final ParametersLoader<T> m_loader;

    private final Predicate<NodeSettingsRO> m_matcher;

    private ConfigMigration(final ParametersLoader<T> loader, final Predicate<NodeSettingsRO> matcher) {
        m_loader = loader;
        m_matcher = matcher;
    }

    /** @return loads this form */
    public ParametersLoader<T> getLoader() {
        return m_loader;
    }

    /** @return recognises this form */
    public Predicate<NodeSettingsRO> getMatcher() {
        return m_matcher;
    }

    /** @return a builder of a form that is loaded in a way */
    public static <T> Builder<T> builder(final ParametersLoader<T> loader) {
        return new Builder<>(loader);
    }

    /**
     * Collects what makes a form. The host knows no deprecated paths: a matcher is needed.
     *
     * @param <T> type of the settings
     */
    public static final class Builder<T> {

        private final ParametersLoader<T> m_loader;

        private Predicate<NodeSettingsRO> m_matcher;

        /** @param loader loads the form */
        public Builder(final ParametersLoader<T> loader) {
            m_loader = loader;
        }

        /** @return this, for settings that the matcher accepts */
        public Builder<T> withMatcher(final Predicate<NodeSettingsRO> matcher) {
            m_matcher = matcher;
            return this;
        }

        /** @return the form */
        public ConfigMigration<T> build() {
            if (m_matcher == null) {
                throw new IllegalStateException("Migrations without a matcher are not known to the host.");
            }
            return new ConfigMigration<>(m_loader, m_matcher);
        }
    }
}
