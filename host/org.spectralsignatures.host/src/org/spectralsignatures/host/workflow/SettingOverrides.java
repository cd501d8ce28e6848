package org.spectralsignatures.host.workflow;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.Config;
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.text.NearestName;
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
                for (int i = 0; i < keys.length; i++) {
                    if (!config.containsKey(keys[i]) || i + 1 < keys.length && !(ConfigAccess.child(config, keys[i]) instanceof Config)) {
                        throw new IllegalArgumentException("-option: there is no setting '" + override.setting() + "'"
                            + NearestName.suggestion(keys[i], config.keySet()) + " The settings are " + String.join(", ", config.keySet()) + ".");
                    }
                    config = i + 1 < keys.length ? config.getConfig(keys[i]) : config;
                }
                override.value().overwrite(config, keys[keys.length - 1]);
                any = true;
            }
        }
        return any;
    }

    /** @return the settings of a node that a user replaces, sub trees separated by slashes */
    Set<String> settings(final String path) {
        return m_overrides.stream().filter(o -> o.node().equals(path)).map(SettingOverride::setting).collect(Collectors.toSet());
    }

    /** @return those that found no node */
    List<SettingOverride> unused() {
        return m_overrides.stream().filter(o -> !m_used.contains(o)).toList();
    }
}
