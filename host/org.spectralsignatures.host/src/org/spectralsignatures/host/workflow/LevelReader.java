package org.spectralsignatures.host.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.Config;
import org.spectralsignatures.host.text.VisibleText;

/** Reads the {@code workflow.knime} file of a workflow and those of its metanodes and components, with the settings of their nodes. */
final class LevelReader {

    private static final String PORTS_OF_COMPONENT = "org.knime.core.node.workflow.virtual.subnode.VirtualSubNode";

    /** A workflow of so many nodes is one that multiplies itself. */
    private static final int MOST_NODES = 5_000;

    private static final int MOST_CONNECTIONS = 20_000;

    private final List<String> m_problems;

    private final List<String> m_notes;

    private Path m_root;

    private int m_count;

    /**
     * @param problems receives what is wrong
     * @param notes receives what the host does otherwise than KNIME
     */
    LevelReader(final List<String> problems, final List<String> notes) {
        m_problems = problems;
        m_notes = notes;
    }

    /**
     * @param folder of the workflow
     * @param workflow its {@code workflow.knime}
     * @return the workflow
     */
    Level read(final Path folder, final NodeSettings workflow) throws IOException, WorkflowLoadException, InvalidSettingsException {
        m_root = folder;
        final var level = new Level(Level.Kind.WORKFLOW, null, 0, folder.getFileName().toString(), folder);
        fill(level, folder.resolve(WorkflowReader.FILE), workflow);
        return level;
    }

    /** @return the file that a problem was found in, seen from the workflow's folder, in brackets */
    static String in(final Path root, final Path file) {
        return " (" + VisibleText.line(root.relativize(file).toString()) + ")";
    }

    private void problem(final Path file, final String text) {
        m_problems.add(text + in(m_root, file));
    }

    private void fill(final Level level, final Path file, final NodeSettings workflow) throws IOException, WorkflowLoadException {
        try {
            fillFrom(level, file, workflow);
        } catch (InvalidSettingsException e) {
            throw new WorkflowLoadException("'" + file + "' is damaged: " + e.getMessage(), e);
        }
    }

    private void fillFrom(final Level level, final Path file, final NodeSettings workflow)
        throws IOException, WorkflowLoadException, InvalidSettingsException {
        final String where = level.parent() == null ? "" : level.label() + ": ";
        if (workflow.containsKey("cipher")) {
            problem(file, (where.isEmpty() ? "The workflow: " : where) + "it is locked with a password; unlock it in KNIME and save it.");
            return;
        }
        final Set<Integer> failed = new HashSet<>();
        final Config nodes = workflow.getConfig("nodes");
        for (String key : nodes) {
            final Config entry = nodes.getConfig(key);
            final int id = entry.getInt("id");
            if (level.items().containsKey(id) || failed.contains(id)) {
                problem(file, where + "There are two nodes #" + id + ".");
                continue;
            }
            if (++m_count > MOST_NODES) {
                throw new WorkflowLoadException("'" + file + "': the workflow has more than " + MOST_NODES + " nodes.");
            }
            final Item item = item(level, file, entry, id);
            if (item == null) {
                failed.add(id);
            } else {
                level.items().put(id, item);
            }
        }
        final Config connections = workflow.getConfig("connections");
        if (connections.getChildCount() > MOST_CONNECTIONS) {
            throw new WorkflowLoadException("'" + file + "': there are more than " + MOST_CONNECTIONS + " connections.");
        }
        for (String key : connections) {
            final Config entry = connections.getConfig(key);
            final var c = new Connection(entry.getInt("sourceID"), entry.getInt("sourcePort"), entry.getInt("destID"), entry.getInt("destPort"));
            final String wrong = check(level, c, failed);
            if (wrong == null) {
                level.connections().add(c);
            } else if (!wrong.isEmpty()) {
                problem(file, where + wrong);
            }
        }
    }

    /** @return what is wrong with a connection: null for nothing, empty if a node is missing, which was reported already */
    private static String check(final Level level, final Connection c, final Set<Integer> failed) {
        if (failed.contains(c.source()) || failed.contains(c.dest())) {
            return "";
        }
        for (int id : new int[]{c.source(), c.dest()}) {
            if (!level.items().containsKey(id) && !(id == Level.PORTS && level.kind() == Level.Kind.METANODE)) {
                return "A connection leads from node #" + c.source() + " to node #" + c.dest() + ", which do not both exist.";
            }
        }
        if (c.source() == c.dest() && c.source() != Level.PORTS) {
            return "A connection leads from node #" + c.source() + " to itself.";
        }
        if (level.input(c.dest(), c.destPort()) != null) {
            return "Two connections lead to port " + c.destPort() + " of node #" + c.dest() + ".";
        }
        return null;
    }

    /** @return null if the node cannot be used, which is among the problems then */
    private Item item(final Level level, final Path from, final Config entry, final int id)
        throws IOException, WorkflowLoadException, InvalidSettingsException {
        final String type = String.valueOf(entry.getString("node_type", entry.getBoolean("node_is_meta", false) ? "MetaNode" : "NativeNode"));
        final String number = Item.path(level, id);
        final Path file;
        try {
            file = SettingsFiles.resolve(level.folder(), entry.getString("node_settings_file"));
        } catch (InvalidSettingsException e) {
            problem(from, "Node #" + number + ": " + e.getMessage());
            return null;
        }
        final NodeSettings settings = SettingsFiles.read(file);
        switch (type) {
            case "NativeNode":
                return node(level, id, number, file, settings);
            case "MetaNode":
                final var metanode = new Level(Level.Kind.METANODE, level, id, name(settings, "Metanode"), file.getParent());
                fill(metanode, file, settings);
                return metanode;
            case "SubNode":
                try {
                    return component(level, id, file, settings);
                } catch (InvalidSettingsException e) {
                    problem(file, "Component #" + number + ": " + e.getMessage());
                    return null;
                }
            default:
                problem(from, "Node #" + number + " is of the unknown kind '" + type + "'.");
                return null;
        }
    }

    private static String name(final Config settings, final String without) {
        final String name = settings.getString("name", null);
        return name == null ? without : name;
    }

    private Level component(final Level level, final int id, final Path file, final NodeSettings settings)
        throws IOException, WorkflowLoadException, InvalidSettingsException {
        final String innerName = settings.getString("workflow-file", WorkflowReader.FILE);
        final Path inner = SettingsFiles.sibling(file, innerName);
        if (inner == null) {
            problem(file, "Component #" + Item.path(level, id) + " has no file '" + innerName + "' in its folder; a locked one must be unlocked in KNIME first.");
            return null;
        }
        final NodeSettings workflow = SettingsFiles.read(inner);
        final var component = new Level(Level.Kind.COMPONENT, level, id, name(workflow, "Component"), file.getParent());
        component.setComponentNodes(settings.getInt("virtual-in-ID"), settings.getInt("virtual-out-ID"));
        final int before = m_problems.size();
        fill(component, inner, workflow);
        if (m_problems.size() == before) {
            final boolean two = settings.getInt("virtual-in-ID") != settings.getInt("virtual-out-ID");
            final Set<Integer> ports = new HashSet<>(List.of(settings.getInt("virtual-in-ID"), settings.getInt("virtual-out-ID")));
            final Set<Integer> found = new HashSet<>();
            component.items().values().stream().filter(i -> i instanceof NodeItem node && node.node() == null).forEach(i -> found.add(i.id()));
            if (!two || !ports.equals(found)) {
                problem(file, component.label() + ": its input or output node is missing, or there are others.");
            }
        }
        if (settings.containsKey("reportConfiguration")) {
            m_notes.add(component.label() + ": the report of a component is not made here");
        }
        noteJobManager(component, settings);
        return m_problems.size() == before ? component : null;
    }

    private void noteJobManager(final Item item, final Config settings) {
        if (settings.containsKey("job.manager")) {
            m_notes.add(item.label() + ": its job manager (streaming, for example) has no effect here");
        }
    }

    private NodeItem node(final Level level, final int id, final String number, final Path file, final NodeSettings settings) {
        final String name;
        final String factoryClass;
        final String bundle;
        try {
            factoryClass = required(settings, "factory");
            name = required(settings, "node-name");
            bundle = "'" + required(settings, "node-bundle-name") + "' (" + settings.getString("node-bundle-symbolic-name") + ")";
        } catch (InvalidSettingsException e) {
            problem(file, "Node #" + number + ": " + e.getMessage() + " KNIME skips such a node.");
            return null;
        }
        if (level.kind() == Level.Kind.COMPONENT && factoryClass.startsWith(PORTS_OF_COMPONENT)) {
            return new NodeItem(level, id, name, file, settings, null);
        }
        final NodeFactory<? extends NodeModel> factory;
        try {
            factory = NodeRegistry.find(factoryClass);
        } catch (WorkflowLoadException e) {
            problem(file, "Node #" + number + ": " + e.getMessage());
            return null;
        }
        if (factory == null) {
            final String feature = settings.getString("node-feature-name", null);
            problem(file, "MISSING " + VisibleText.line(name) + " (#" + number + "): no installed extension has the node '" + factoryClass + "'. It comes from "
                + (feature == null ? bundle : "the extension '" + feature + "', bundle " + bundle) + ".");
            return null;
        }
        try {
            final var node = new NodeItem(level, id, name, file, settings, new Node(factory));
            noteJobManager(node, settings);
            return node;
        } catch (RuntimeException | LinkageError e) { // a defect of the node, whose own code makes it
            problem(file, "Node #" + number + ": '" + factoryClass + "' cannot be made: " + (e.getCause() == null ? e : e.getCause()));
            return null;
        }
    }

    private static String required(final Config settings, final String key) throws InvalidSettingsException {
        final String text = settings.getString(key);
        if (text == null) {
            throw new InvalidSettingsException("Config entry for key \"" + key + "\" is null.");
        }
        return text;
    }
}
