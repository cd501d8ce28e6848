package org.spectralsignatures.host.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.Config;
import org.spectralsignatures.host.settings.ConfigAccess;

/**
 * The tree {@code variables} beside a node's settings: which of them flow variables overwrite, and which the node exposes as
 * variables. As in KNIME, it says nothing where the node has no such setting.
 */
final class VariableTree {

    private final Config m_tree;

    /** Workflows of the oldest format have no version in the tree and know fewer types. */
    private final boolean m_old;

    private final Map<String, WorkflowVariable> m_known;

    private final Map<String, WorkflowVariable> m_exposed = new LinkedHashMap<>();

    /** Settings that the user sets, which a variable would take back. */
    private final Set<String> m_replaced;

    private final List<String> m_unused;

    private VariableTree(final Config variables, final Map<String, WorkflowVariable> known, final Set<String> replaced, final List<String> unused) throws InvalidSettingsException {
        m_old = !variables.containsKey("tree");
        m_tree = m_old ? variables : variables.getConfig("tree");
        m_known = known;
        m_replaced = replaced;
        m_unused = unused;
    }

    /**
     * @param settings all that is saved of a node
     * @param model its settings, which are changed
     * @param known the variables that the node sees
     * @param replaced settings that the user sets, sub trees separated by slashes
     * @param unused receives keys of the tree that are no settings of the node
     * @return the variables that it exposes
     * @throws InvalidSettingsException if a variable does not exist
     * @throws IllegalArgumentException if a variable cannot set a setting, or the user sets it, too
     */
    static Map<String, WorkflowVariable> apply(final Config settings, final Config model, final Map<String, WorkflowVariable> known,
        final Set<String> replaced, final List<String> unused) throws InvalidSettingsException {
        if (!settings.containsKey("variables")) {
            return Map.of();
        }
        final var tree = new VariableTree(settings.getConfig("variables"), known, replaced, unused);
        tree.walk(tree.m_tree, model, "");
        return tree.m_exposed;
    }

    private void walk(final Config tree, final Config settings, final String path) throws InvalidSettingsException {
        for (String key : tree) {
            final Object setting = ConfigAccess.child(settings, key);
            if (!(ConfigAccess.child(tree, key) instanceof Config sub)) {
                continue;
            }
            if (setting == null) {
                m_unused.add(key);
            } else if (setting instanceof Config group && sub.keySet().stream().anyMatch(k -> ConfigAccess.child(sub, k) instanceof Config)) {
                walk(sub, group, path + key + "/");
            } else if (sub.getChildCount() > 0) {
                leaf(sub, settings, key, path + key);
            }
        }
    }

    private void leaf(final Config leaf, final Config settings, final String key, final String path) throws InvalidSettingsException {
        final String used = leaf.getString("used_variable");
        final String exposed = leaf.getString("exposed_variable");
        if (used != null && m_replaced.contains(path)) {
            throw new IllegalArgumentException("-option: the setting '" + path + "' is controlled by the flow variable '" + used
                + "', which would take the value back: set the variable (-workflow.variable=" + used + ",VALUE,TYPE if it is one of the workflow).");
        }
        if (used != null) {
            final WorkflowVariable variable = m_known.get(used);
            if (variable == null) {
                throw new InvalidSettingsException("The setting '" + key + "' needs the variable '" + used + "', which does not exist here.");
            }
            variable.overwrite(settings, key);
        }
        if (exposed != null) {
            final WorkflowVariable variable = WorkflowVariable.expose(exposed, ConfigAccess.child(settings, key));
            if (variable == null) {
                throw new InvalidSettingsException("The setting '" + key + "' cannot be exposed as the variable '" + exposed + "'.");
            }
            m_exposed.put(exposed, m_old ? asOldType(variable) : variable);
        }
    }

    private static WorkflowVariable asOldType(final WorkflowVariable variable) {
        return switch (variable.type()) {
            case "BOOLEAN" -> new WorkflowVariable(variable.name(), "STRING", variable.value());
            case "LONG" -> WorkflowVariable.parse(variable.name(), variable.value(), "int");
            default -> variable;
        };
    }
}
