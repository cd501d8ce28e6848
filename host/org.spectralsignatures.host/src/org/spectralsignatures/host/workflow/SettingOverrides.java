package org.spectralsignatures.host.workflow;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.Config;
import org.spectralsignatures.host.workflow.WorkflowReader.SettingOverride;

/** The settings that a user replaces, and which of them found their node. */
final class SettingOverrides {

    private final List<SettingOverride> m_overrides;

    private final Set<SettingOverride> m_used = new HashSet<>();

    SettingOverrides(final List<SettingOverride> overrides) {
        m_overrides = overrides;
    }

    /**
     * Replaces the settings of one node, keeping their types.
     *
     * @param path the node's number as KNIME writes it
     * @return whether there were any
     * @throws InvalidSettingsException if there is no such group of settings
     * @throws IllegalArgumentException if there is no such setting or it is of another type
     */
    boolean apply(final String path, final Config model) throws InvalidSettingsException {
        boolean any = false;
        for (SettingOverride override : m_overrides) {
            if (override.node().equals(path)) {
                m_used.add(override);
                final String[] keys = override.setting().split("/");
                Config config = model;
                for (int i = 0; i + 1 < keys.length; i++) {
                    config = config.getConfig(keys[i]);
                }
                override.value().overwrite(config, keys[keys.length - 1]);
                any = true;
            }
        }
        return any;
    }

    /** @return those that found no node */
    List<SettingOverride> unused() {
        return m_overrides.stream().filter(o -> !m_used.contains(o)).toList();
    }
}
