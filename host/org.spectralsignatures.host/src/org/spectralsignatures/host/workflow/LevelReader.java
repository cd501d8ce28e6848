package org.spectralsignatures.host.workflow;

import java.io.IOException;
import java.nio.file.Files;
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

/** Reads the {@code workflow.knime} file of a workflow and those of its metanodes and components, with the settings of their nodes. */
final class LevelReader {

    private static final String PORTS_OF_COMPONENT = "org.knime.core.node.workflow.virtual.subnode.VirtualSubNode";

    private final List<String> m_problems;

    private final List<String> m_notes;

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
        final var level = new Level(Level.Kind.WORKFLOW, null, 0, folder.getFileName().toString(), folder);
        fill(level, workflow);
        return level;
    }

    private void fill(final Level level, final NodeSettings workflow) throws IOException, WorkflowLoadException, InvalidSettingsException {
        final String where = level.parent() == null ? "" : level.label() + ": ";
        if (workflow.containsKey("cipher")) {
            m_problems.add((where.isEmpty() ? "The workflow: " : where) + "it is locked with a password; unlock it in KNIME and save it.");
            return;
        }
        final Set<Integer> failed = new HashSet<>();
        final Config nodes = workflow.getConfig("nodes");
        for (String key : nodes) {
            final Config entry = nodes.getConfig(key);
            final int id = entry.getInt("id");
            if (level.items().containsKey(id) || failed.contains(id)) {
                m_problems.add(where + "There are two nodes #" + id + ".");
                continue;
            }
            final Item item = item(level, entry, id);
            if (item == null) {
                failed.add(id);
            } else {
                level.items().put(id, item);
            }
        }
        final Config connections = workflow.getConfig("connections");
        for (String key : connections) {
            final Config entry = connections.getConfig(key);
            final var c = new Connection(entry.getInt("sourceID"), entry.getInt("sourcePort"), entry.getInt("destID"), entry.getInt("destPort"));
            final String wrong = check(level, c, failed);
            if (wrong == null) {
                level.connections().add(c);
            } else if (!wrong.isEmpty()) {
                m_problems.add(where + wrong);
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
    private Item item(final Level level, final Config entry, final int id) throws IOException, WorkflowLoadException, InvalidSettingsException {
        final String type = entry.getString("node_type", entry.getBoolean("node_is_meta", false) ? "MetaNode" : "NativeNode");
        final String number = Item.path(level, id);
        final Path file;
        try {
            file = SettingsFiles.resolve(level.folder(), entry.getString("node_settings_file"));
        } catch (InvalidSettingsException e) {
            m_problems.add("Node #" + number + ": " + e.getMessage());
            return null;
        }
        final NodeSettings settings = SettingsFiles.read(file);
        switch (type) {
            case "NativeNode":
                return node(level, id, number, file, settings);
            case "MetaNode":
                final var metanode = new Level(Level.Kind.METANODE, level, id, settings.getString("name", "Metanode"), file.getParent());
                fill(metanode, settings);
                return metanode;
            case "SubNode":
                return component(level, id, file, settings);
            default:
                m_problems.add("Node #" + number + " is of the unknown kind '" + type + "'.");
                return null;
        }
    }

    private Level component(final Level level, final int id, final Path file, final NodeSettings settings)
        throws IOException, WorkflowLoadException, InvalidSettingsException {
        final Path inner = file.resolveSibling(settings.getString("workflow-file", WorkflowReader.FILE)).normalize();
        if (!inner.getParent().equals(file.getParent()) || !Files.isRegularFile(inner)) {
            m_problems.add("Component #" + Item.path(level, id) + " has no file '" + inner.getFileName() + "' in its folder; a locked one must be unlocked in KNIME first.");
            return null;
        }
        final NodeSettings workflow = SettingsFiles.read(inner);
        final var component = new Level(Level.Kind.COMPONENT, level, id, workflow.getString("name", "Component"), file.getParent());
        component.setComponentNodes(settings.getInt("virtual-in-ID"), settings.getInt("virtual-out-ID"));
        final int before = m_problems.size();
        fill(component, workflow);
        if (m_problems.size() == before && !(component.items().get(settings.getInt("virtual-in-ID")) instanceof NodeItem
            && component.items().get(settings.getInt("virtual-out-ID")) instanceof NodeItem)) {
            m_problems.add(component.label() + ": its input or output node is missing.");
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

    private NodeItem node(final Level level, final int id, final String number, final Path file, final NodeSettings settings)
        throws WorkflowLoadException {
        final String name;
        final String factoryClass;
        final String bundle;
        try {
            factoryClass = settings.getString("factory");
            name = settings.getString("node-name");
            bundle = "'" + settings.getString("node-bundle-name") + "' (" + settings.getString("node-bundle-symbolic-name") + ")";
        } catch (InvalidSettingsException e) {
            m_problems.add("Node #" + number + ": " + e.getMessage() + " KNIME skips such a node.");
            return null;
        }
        if (level.kind() == Level.Kind.COMPONENT && factoryClass.startsWith(PORTS_OF_COMPONENT)) {
            return new NodeItem(level, id, name, file, settings, null);
        }
        final NodeFactory<? extends NodeModel> factory = NodeRegistry.find(factoryClass);
        if (factory == null) {
            final String feature = settings.getString("node-feature-name", null);
            m_problems.add("MISSING " + name + " (#" + number + "): no installed extension has the node '" + factoryClass + "'. It comes from "
                + (feature == null ? bundle : "the extension '" + feature + "', bundle " + bundle) + ".");
            return null;
        }
        final var node = new NodeItem(level, id, name, file, settings, new Node(factory));
        noteJobManager(node, settings);
        return node;
    }
}
