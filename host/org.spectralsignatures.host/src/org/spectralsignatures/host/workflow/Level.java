package org.spectralsignatures.host.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes and connections of one {@code workflow.knime} file: of the workflow itself, a metanode or a component. Ids are those
 * of the file; a metanode's own ports have the id {@link #PORTS} in its connections, a component's are nodes.
 */
final class Level implements Item {

    /** What a connection of a metanode names as node where it leads to or from the metanode's own ports. */
    static final int PORTS = -1;

    /** What kind of level it is. */
    enum Kind {

        /** The workflow itself. */
        WORKFLOW,

        /** Nodes in a metanode are nodes of the workflow: only drawn together. */
        METANODE,

        /** A component runs as a whole and has flow variables of its own. */
        COMPONENT
    }

    private final Kind m_kind;

    private final Level m_parent;

    private final int m_id;

    private final String m_name;

    private final Path m_folder;

    private final Map<Integer, Item> m_items = new LinkedHashMap<>();

    private final List<Connection> m_connections = new ArrayList<>();

    /** Ids of a component's input and output node. */
    private int m_inputNode = PORTS;

    private int m_outputNode = PORTS;

    Level(final Kind kind, final Level parent, final int id, final String name, final Path folder) {
        m_kind = kind;
        m_parent = parent;
        m_id = id;
        m_name = name;
        m_folder = folder;
    }

    void setComponentNodes(final int inputNode, final int outputNode) {
        m_inputNode = inputNode;
        m_outputNode = outputNode;
    }

    Kind kind() {
        return m_kind;
    }

    /** @return the level that this one is a node of, null for the workflow */
    @Override
    public Level parent() {
        return m_parent;
    }

    @Override
    public int id() {
        return m_id;
    }

    @Override
    public String name() {
        return m_name;
    }

    Path folder() {
        return m_folder;
    }

    Map<Integer, Item> items() {
        return m_items;
    }

    List<Connection> connections() {
        return m_connections;
    }

    /** @return a component's input node; its ports are the component's inputs */
    NodeItem inputNode() {
        return (NodeItem)m_items.get(m_inputNode);
    }

    /** @return a component's output node */
    NodeItem outputNode() {
        return (NodeItem)m_items.get(m_outputNode);
    }

    boolean isInput(final int id) {
        return id == m_inputNode && m_kind == Kind.COMPONENT || id == PORTS && m_kind == Kind.METANODE;
    }

    /** @return the id by which the level's own outputs are known among its connections */
    int outputs() {
        return m_kind == Kind.COMPONENT ? m_outputNode : PORTS;
    }

    /** @return whether a node stands for the ports of a component */
    boolean isPorts(final int id) {
        return m_kind == Kind.COMPONENT && (id == m_inputNode || id == m_outputNode);
    }

    /** @return what is connected to an input, null if nothing is */
    Connection input(final int id, final int port) {
        return m_connections.stream().filter(c -> c.dest() == id && c.destPort() == port).findFirst().orElse(null);
    }

    /** @return what is connected to a node's inputs, in the order of the ports */
    List<Connection> inputs(final int id) {
        return m_connections.stream().filter(c -> c.dest() == id).sorted((a, b) -> Integer.compare(a.destPort(), b.destPort())).toList();
    }

    /** @return all nodes of this level and those below, without the ports of components */
    List<NodeItem> nodes() {
        final var nodes = new ArrayList<NodeItem>();
        for (Item item : m_items.values()) {
            if (item instanceof Level level) {
                nodes.addAll(level.nodes());
            } else if (!isPorts(item.id())) {
                nodes.add((NodeItem)item);
            }
        }
        return nodes;
    }
}
