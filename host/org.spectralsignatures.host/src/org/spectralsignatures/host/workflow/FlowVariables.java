package org.spectralsignatures.host.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;

/**
 * The flow variables that each node sees, and its settings as they overwrite them. Variables flow along all connections. Where two
 * inputs bring one of the same name, the flow variable port comes before the first port and that before the last one, as in KNIME.
 */
final class FlowVariables {

    /**
     * A node's settings when all is known.
     *
     * @param model the settings
     * @param out the variables that it gives on
     * @param problem what is wrong, null for nothing
     */
    record Resolved(NodeSettings model, Map<String, WorkflowVariable> out, String problem) {
    }

    private final Map<String, WorkflowVariable> m_workflow;

    private final SettingOverrides m_overrides;

    private final List<String> m_notes;

    private final Map<NodeItem, Resolved> m_resolved = new HashMap<>();

    /** What something in a level sees, by both: components in a row would ask for it many times. */
    private record Place(Level level, int id) {
    }

    private final Map<Place, Map<String, WorkflowVariable>> m_into = new HashMap<>();

    /**
     * @param workflow the workflow's own variables
     * @param overrides settings that a user replaces
     * @param notes receives what has no effect
     */
    FlowVariables(final Map<String, WorkflowVariable> workflow, final SettingOverrides overrides, final List<String> notes) {
        m_workflow = workflow;
        m_overrides = overrides;
        m_notes = notes;
    }

    /** @return the settings of a node, without circles among the connections before it */
    Resolved resolve(final NodeItem node) throws InvalidSettingsException {
        Resolved resolved = m_resolved.get(node);
        if (resolved == null) {
            final Map<String, WorkflowVariable> variables = new LinkedHashMap<>(into(node.parent(), node.id()));
            NodeSettings model = null;
            String problem = null;
            try {
                model = node.settings().getNodeSettings("model");
                m_overrides.apply(node.path(), model);
                final var unused = new ArrayList<String>();
                variables.putAll(VariableTree.apply(node.settings(), model, variables, m_overrides.settings(node.path()), unused));
                unused.forEach(key -> m_notes.add(node.label() + ": a flow variable is set for '" + key + "', which is no setting of the node"));
            } catch (InvalidSettingsException | IllegalArgumentException e) {
                problem = e.getMessage();
            }
            resolved = new Resolved(model, variables, problem);
            m_resolved.put(node, resolved);
        }
        return resolved;
    }

    /** @return what a node, metanode or component sees */
    private Map<String, WorkflowVariable> into(final Level level, final int id) throws InvalidSettingsException {
        final var place = new Place(level, id);
        final Map<String, WorkflowVariable> known = m_into.get(place);
        if (known != null) {
            return known;
        }
        final Map<String, WorkflowVariable> found = find(level, id);
        m_into.put(place, found);
        return found;
    }

    private Map<String, WorkflowVariable> find(final Level level, final int id) throws InvalidSettingsException {
        final List<Connection> inputs = level.inputs(id);
        if (inputs.isEmpty()) {
            return inComponent(level) ? Map.of() : m_workflow;
        }
        final var merged = new LinkedHashMap<String, WorkflowVariable>();
        for (int i = 1; i <= inputs.size(); i++) {
            final Connection input = inputs.get(i % inputs.size());
            merged.putAll(outOf(level, input.source(), input.sourcePort()));
        }
        return merged;
    }

    private static boolean inComponent(final Level level) {
        return level != null && (level.kind() == Level.Kind.COMPONENT || inComponent(level.parent()));
    }

    private Map<String, WorkflowVariable> outOf(final Level level, final int source, final int port) throws InvalidSettingsException {
        if (level.isInput(source)) {
            return level.kind() == Level.Kind.COMPONENT ? intoComponent(level) : throughPort(level.parent(), level.id(), port);
        }
        final Item item = level.items().get(source);
        if (item instanceof NodeItem node) {
            return resolve(node).out();
        }
        final Level inner = (Level)item;
        if (inner.kind() == Level.Kind.METANODE) {
            return throughPort(inner, Level.PORTS, port);
        }
        final var out = new LinkedHashMap<String, WorkflowVariable>(into(level, inner.id()));
        out.putAll(filter(inner.outputNode(), into(inner, inner.outputs())));
        return out;
    }

    /** A port of a metanode hands on what is connected to it. */
    private Map<String, WorkflowVariable> throughPort(final Level level, final int id, final int port) throws InvalidSettingsException {
        final Connection before = level.input(id, port);
        return before == null ? Map.of() : outOf(level, before.source(), before.sourcePort());
    }

    /** A component's input node chooses variables from outside and may put a prefix before their names. */
    private Map<String, WorkflowVariable> intoComponent(final Level component) throws InvalidSettingsException {
        final String prefix = component.inputNode().settings().getNodeSettings("model").getString("variable-prefix", null);
        final var variables = new LinkedHashMap<String, WorkflowVariable>();
        filter(component.inputNode(), into(component.parent(), component.id()))
            .forEach((name, variable) -> variables.put(prefix == null ? name : prefix + name, prefix == null ? variable : variable.withName(prefix + name)));
        return variables;
    }

    private static Map<String, WorkflowVariable> filter(final NodeItem ports, final Map<String, WorkflowVariable> variables) throws InvalidSettingsException {
        try {
            return VariableFilter.apply(ports.settings().getConfig("model"), variables);
        } catch (InvalidSettingsException e) {
            throw new InvalidSettingsException("'" + ports.file() + "': " + e.getMessage(), e);
        }
    }
}
