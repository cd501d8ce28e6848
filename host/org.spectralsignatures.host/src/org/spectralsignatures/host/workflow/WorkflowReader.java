package org.spectralsignatures.host.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.Config;
import org.knime.core.node.port.PortType;
import org.spectralsignatures.host.files.FileProblem;
import org.spectralsignatures.host.text.NearestName;

/** Loads workflow folders and archives as KNIME saves them. All problems of the nodes are reported together. */
public final class WorkflowReader {

    static final String FILE = "workflow.knime";

    private static final int MOST_NAMED = 30;

    /**
     * A setting that a user replaces.
     *
     * @param node number of a node as KNIME writes it, for example {@code 4} or, in metanode 5, {@code 5:3}
     * @param setting its key, sub trees separated by slashes
     * @param value what to set
     */
    public record SettingOverride(String node, String setting, WorkflowVariable value) {

        /** A setting of a node that is in no metanode or component. */
        public SettingOverride(final int node, final String setting, final WorkflowVariable value) {
            this(Integer.toString(node), setting, value);
        }
    }

    private final Map<String, WorkflowVariable> m_variables = new LinkedHashMap<>();

    private final Map<String, WorkflowVariable> m_given = new LinkedHashMap<>();

    private final SettingOverrides m_overrides;

    private final List<String> m_problems = new ArrayList<>();

    private final List<String> m_notes = new ArrayList<>();

    private WorkflowReader(final List<WorkflowVariable> variables, final List<SettingOverride> overrides) {
        variables.forEach(v -> m_given.put(v.name(), v));
        m_overrides = new SettingOverrides(overrides);
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
            final String message = FileProblem.describe(e);
            throw new WorkflowLoadException(message.startsWith("'") ? message : "'" + path + "' cannot be read: " + message, e);
        } catch (StackOverflowError e) {
            throw new WorkflowLoadException("'" + path + "' cannot be loaded: its nodes are nested too deeply, or form a circle.", e);
        }
    }

    private Workflow read(final Path folder) throws WorkflowLoadException, IOException {
        try {
            final NodeSettings file = SettingsFiles.read(folder.resolve(FILE));
            try {
                LoadVersion.check(file, m_notes);
            } catch (WorkflowLoadException e) {
                throw new WorkflowLoadException("'" + folder.resolve(FILE) + "': " + e.getMessage(), e);
            }
            variables(file);
            final Level workflow = new LevelReader(m_problems, m_notes).read(folder, file);
            stopAtProblems();
            if (workflow.nodes().stream().anyMatch(n -> "EXECUTED".equals(n.settings().getString("state", "")))) {
                m_notes.add("The workflow was saved with results: here all nodes run anew, as with -reset");
            }
            final var wiring = new Wiring(workflow);
            final List<Connection> connections = wiring.connections();
            final Map<Integer, WorkflowNode> nodes = new LinkedHashMap<>();
            for (NodeItem item : workflow.nodes()) {
                nodes.put(wiring.id(item), new WorkflowNode(wiring.id(item), item.path(), item.name(), item.file(), item.node()));
            }
            check(nodes, connections);
            stopAtProblems();
            final var loaded = new Workflow(folder, nodes, List.copyOf(connections), Collections.unmodifiableMap(m_variables), m_notes);
            // in the order of the connections, so that what a node takes variables from is known before it
            final Map<Integer, NodeItem> items = workflow.nodes().stream().collect(Collectors.toMap(wiring::id, i -> i));
            load(folder, loaded.topologicalOrder().stream().map(node -> items.get(node.id())).toList());
            stopAtProblems();
            return loaded;
        } catch (InvalidSettingsException e) {
            throw new WorkflowLoadException("'" + folder.resolve(FILE) + "' is damaged: " + e.getMessage(), e);
        }
    }

    private void stopAtProblems() throws WorkflowLoadException {
        if (!m_problems.isEmpty()) {
            throw new WorkflowLoadException(String.join("\n", m_problems));
        }
    }

    private void variables(final NodeSettings workflow) throws InvalidSettingsException {
        if (workflow.containsKey("workflow_variables")) {
            final Config variables = workflow.getConfig("workflow_variables");
            for (String key : variables) {
                final WorkflowVariable variable = WorkflowVariable.load(variables.getConfig(key));
                m_variables.put(variable.name(), variable);
            }
        }
        final List<String> own = List.copyOf(m_variables.keySet());
        m_given.forEach((name, variable) -> {
            if (!m_variables.containsKey(name)) {
                m_problems.add("The workflow has no variable '" + name + "'" + NearestName.suggestion(name, own) + " It has "
                    + (own.isEmpty() ? "none" : String.join(", ", own)) + ".");
            }
            m_variables.put(name, variable);
        });
    }

    /** Gives the nodes their settings, as flow variables and the user change them. */
    private void load(final Path folder, final List<NodeItem> nodes) throws InvalidSettingsException {
        final var variables = new FlowVariables(m_variables, m_overrides, m_notes);
        for (NodeItem node : nodes) {
            final FlowVariables.Resolved resolved = variables.resolve(node);
            String problem = resolved.problem();
            if (problem == null) {
                try {
                    node.node().load(resolved.model());
                } catch (InvalidSettingsException e) {
                    problem = e.getMessage();
                }
            }
            if (problem != null) {
                m_problems.add(node.label() + ": " + problem + LevelReader.in(folder, node.file()));
            }
        }
        m_overrides.unused().forEach(o -> m_problems.add("-option: there is no node #" + o.node() + " whose setting '" + o.setting() + "' could be replaced. The nodes are "
            + nodes.stream().limit(MOST_NAMED).map(NodeItem::label).collect(Collectors.joining(", "))
            + (nodes.size() > MOST_NAMED ? " and others." : ".")));
    }

    private void check(final Map<Integer, WorkflowNode> nodes, final List<Connection> connections) {
        for (Connection c : connections) {
            final WorkflowNode source = nodes.get(c.source());
            final WorkflowNode dest = nodes.get(c.dest());
            final PortType[] out = source.node().outTypes();
            final PortType[] in = dest.node().inTypes();
            if (c.sourcePort() > out.length || c.destPort() > in.length || c.sourcePort() < 0 || c.destPort() < 0) {
                m_problems.add("A connection uses port " + c.sourcePort() + " of " + source.label() + " and port " + c.destPort() + " of "
                    + dest.label() + ", which do not both exist. (" + FILE + ")");
            } else if (c.sourcePort() == 0 && c.destPort() > 0 || c.destPort() == 0 && c.sourcePort() > 0) {
                m_problems.add("A connection leads from port " + c.sourcePort() + " of " + source.label() + " to port " + c.destPort() + " of "
                    + dest.label() + ": one of them is for flow variables, the other is not. (" + FILE + ")");
            } else if (c.destPort() > 0 && !in[c.destPort() - 1].isSuperTypeOf(out[c.sourcePort() - 1])) {
                m_problems.add("Port " + c.sourcePort() + " of " + source.label() + " gives " + out[c.sourcePort() - 1] + ", but port " + c.destPort()
                    + " of " + dest.label() + " takes " + in[c.destPort() - 1] + ". (" + FILE + ")");
            }
        }
    }
}
