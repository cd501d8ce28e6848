package org.spectralsignatures.host.workflow;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.Config;
import org.spectralsignatures.host.settings.SettingsXml;

/** Loads workflow folders and archives as KNIME saves them. All problems of the nodes are reported together. */
public final class WorkflowReader {

    static final String FILE = "workflow.knime";

    /**
     * A setting that a user replaces.
     *
     * @param node id of a node
     * @param setting its key, sub trees separated by slashes
     * @param value what to set
     */
    public record SettingOverride(int node, String setting, WorkflowVariable value) {
    }

    private final Map<String, WorkflowVariable> m_variables = new LinkedHashMap<>();

    private final List<SettingOverride> m_overrides;

    private final Map<String, WorkflowVariable> m_given = new LinkedHashMap<>();

    private final List<String> m_problems = new ArrayList<>();

    private WorkflowReader(final List<WorkflowVariable> variables, final List<SettingOverride> overrides) {
        variables.forEach(v -> m_given.put(v.name(), v));
        m_overrides = overrides;
    }

    /**
     * @param path a folder or a {@code .knwf} file
     * @param scratch where to unpack an archive
     * @param variables replace the workflow's own of the same name
     * @param overrides replace settings of nodes
     * @return the workflow, its nodes with their settings
     * @throws WorkflowLoadException if it cannot be loaded
     */
    public static Workflow read(final Path path, final Path scratch, final List<WorkflowVariable> variables, final List<SettingOverride> overrides)
        throws WorkflowLoadException {
        try {
            if (!Files.exists(path)) {
                throw new WorkflowLoadException("The workflow '" + path + "' does not exist.");
            }
            final Path folder = Files.isDirectory(path) ? path.toAbsolutePath().normalize() : WorkflowArchive.unpack(path, scratch);
            if (!Files.isRegularFile(folder.resolve(FILE))) {
                throw new WorkflowLoadException("'" + path + "' is no workflow: it has no file '" + FILE + "'.");
            }
            return new WorkflowReader(variables, overrides).read(folder);
        } catch (IOException e) {
            throw new WorkflowLoadException("'" + path + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static NodeSettings xml(final Path file) throws WorkflowLoadException {
        final var settings = new NodeSettings(file.getFileName().toString());
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            SettingsXml.read(in, settings);
            return settings;
        } catch (IOException e) {
            throw new WorkflowLoadException("'" + file + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private Workflow read(final Path folder) throws WorkflowLoadException {
        final NodeSettings workflow = xml(folder.resolve(FILE));
        final Map<Integer, WorkflowNode> nodes = new LinkedHashMap<>();
        final var connections = new ArrayList<Connection>();
        try {
            variables(workflow);
            final Config nodeList = workflow.getConfig("nodes");
            for (String key : nodeList) {
                final Config entry = nodeList.getConfig(key);
                final int id = entry.getInt("id");
                final WorkflowNode node = node(folder, entry, id);
                if (node != null) {
                    nodes.put(id, node);
                }
            }
            final Config connectionList = workflow.getConfig("connections");
            for (String key : connectionList) {
                final Config entry = connectionList.getConfig(key);
                connections.add(new Connection(entry.getInt("sourceID"), entry.getInt("sourcePort"), entry.getInt("destID"), entry.getInt("destPort")));
            }
        } catch (InvalidSettingsException e) {
            throw new WorkflowLoadException("'" + folder.resolve(FILE) + "' is damaged: " + e.getMessage(), e);
        }
        if (m_problems.isEmpty()) {
            check(nodes, connections);
            checkUsed(nodes);
        }
        if (!m_problems.isEmpty()) {
            throw new WorkflowLoadException(String.join("\n", m_problems));
        }
        return new Workflow(folder, nodes, List.copyOf(connections), Collections.unmodifiableMap(m_variables));
    }

    private void variables(final NodeSettings workflow) throws InvalidSettingsException {
        if (workflow.containsKey("workflow_variables")) {
            final Config variables = workflow.getConfig("workflow_variables");
            for (String key : variables) {
                final Config entry = variables.getConfig(key);
                final String name = entry.getString("name");
                final Object value = entry.child("value");
                if (value instanceof Config.Entry simple) {
                    m_variables.put(name, new WorkflowVariable(name, entry.getString("class"), simple.value()));
                }
            }
        }
        m_given.forEach((name, variable) -> {
            final WorkflowVariable declared = m_variables.get(name);
            if (declared == null) {
                m_problems.add("The workflow has no variable '" + name + "'. It has " + String.join(", ", m_variables.keySet()) + ".");
            }
            m_variables.put(name, variable);
        });
    }

    private WorkflowNode node(final Path folder, final Config entry, final int id) throws InvalidSettingsException, WorkflowLoadException {
        final Path file = folder.resolve(entry.getString("node_settings_file")).normalize();
        if (!file.startsWith(folder)) {
            throw new WorkflowLoadException("Node #" + id + " points outside the workflow: '" + file + "'.");
        }
        if (entry.getBoolean("node_is_meta", false) || !"NativeNode".equals(entry.getString("node_type", "NativeNode"))) {
            m_problems.add("Node #" + id + " is a metanode or component, which the host does not run.");
            return null;
        }
        final NodeSettings settings = xml(file);
        final String name = settings.getString("node-name", settings.getString("name", "?"));
        final String factoryClass = settings.getString("factory");
        final NodeFactory<? extends NodeModel> factory = NodeRegistry.find(factoryClass);
        if (factory == null) {
            m_problems.add("MISSING " + name + " (#" + id + "): no installed extension has the node '" + factoryClass + "'. It comes from '"
                + settings.getString("node-bundle-name", "?") + "' (" + settings.getString("node-bundle-symbolic-name", "?") + ").");
            return null;
        }
        final var node = new Node(factory);
        try {
            final NodeSettings model = settings.getNodeSettings("model");
            if (settings.containsKey("variables") && settings.getConfig("variables").containsKey("tree")) {
                apply(settings.getConfig("variables").getConfig("tree"), model);
            }
            for (SettingOverride override : m_overrides) {
                if (override.node == id) {
                    apply(override, model);
                }
            }
            node.load(model);
        } catch (InvalidSettingsException | IllegalArgumentException e) {
            m_problems.add(name + " (#" + id + "): " + e.getMessage());
        }
        return new WorkflowNode(id, name, node);
    }

    /** Walks along the tree of variables beside the tree of settings. */
    private void apply(final Config tree, final Config settings) throws InvalidSettingsException {
        for (String key : tree) {
            final Config sub = tree.getConfig(key);
            if (sub.child("used_variable") instanceof Config.Entry used) {
                if (used.value() != null) {
                    final WorkflowVariable variable = m_variables.get(used.value());
                    if (variable == null) {
                        throw new InvalidSettingsException("The setting '" + key + "' needs the variable '" + used.value() + "', which does not exist.");
                    }
                    variable.overwrite(settings, key);
                }
            } else if (sub.getChildCount() > 0) {
                apply(sub, settings.getConfig(key));
            }
        }
    }

    /** Replaces a setting, keeping its type. */
    static void apply(final SettingOverride override, final Config model) throws InvalidSettingsException {
        final String[] path = override.setting.split("/");
        Config config = model;
        for (int i = 0; i + 1 < path.length; i++) {
            config = config.getConfig(path[i]);
        }
        override.value.overwrite(config, path[path.length - 1]);
    }

    private void checkUsed(final Map<Integer, WorkflowNode> nodes) {
        for (SettingOverride override : m_overrides) {
            if (!nodes.containsKey(override.node)) {
                m_problems.add("There is no node #" + override.node + " whose setting '" + override.setting + "' could be replaced.");
            }
        }
    }

    private void check(final Map<Integer, WorkflowNode> nodes, final List<Connection> connections) {
        for (Connection c : connections) {
            final WorkflowNode source = nodes.get(c.source());
            final WorkflowNode dest = nodes.get(c.dest());
            if (source == null || dest == null) {
                m_problems.add("A connection leads from node #" + c.source() + " to node #" + c.dest() + ", which do not both exist.");
            } else if (c.sourcePort() > source.node().outTypes().length || c.destPort() > dest.node().inTypes().length) {
                m_problems.add("A connection uses port " + c.sourcePort() + " of " + source.label() + " and port " + c.destPort() + " of "
                    + dest.label() + ", which do not both exist.");
            } else if (c.sourcePort() > 0 && c.destPort() > 0
                && !dest.node().inTypes()[c.destPort() - 1].isSuperTypeOf(source.node().outTypes()[c.sourcePort() - 1])) {
                m_problems.add("Port " + c.sourcePort() + " of " + source.label() + " gives " + source.node().outTypes()[c.sourcePort() - 1]
                    + ", but port " + c.destPort() + " of " + dest.label() + " takes " + dest.node().inTypes()[c.destPort() - 1] + ".");
            }
        }
    }
}
