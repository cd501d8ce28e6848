package org.spectralsignatures.host.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The connections between the nodes of a workflow, through the ports of metanodes and components. A component runs as a whole: its
 * nodes wait for all that is connected to it, and what is connected to it waits for all its nodes.
 */
final class Wiring {

    private record End(NodeItem node, int port) {
    }

    /** A port that was followed already: components in a row with several connections would be followed twice as often each. */
    private record Visit(Level level, int source, int port) {
    }

    private final Map<NodeItem, Integer> m_ids = new HashMap<>();

    private final Level m_workflow;

    Wiring(final Level workflow) {
        m_workflow = workflow;
        int next = workflow.items().keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (NodeItem node : workflow.nodes()) {
            m_ids.put(node, node.parent() == workflow ? Integer.valueOf(node.id()) : Integer.valueOf(++next));
        }
    }

    /** @return a number that no other node has: its own one in the workflow itself */
    int id(final NodeItem node) {
        return m_ids.get(node);
    }

    /** @return all connections, between those numbers */
    List<Connection> connections() {
        final var connections = new LinkedHashSet<Connection>();
        for (NodeItem node : m_workflow.nodes()) {
            final Set<NodeItem> before = new LinkedHashSet<>();
            final Set<Visit> visited = new HashSet<>();
            for (Connection c : node.parent().inputs(node.id())) {
                final End end = source(node.parent(), c.source(), c.sourcePort());
                if (end != null) {
                    connections.add(new Connection(id(end.node), end.port, id(node), c.destPort()));
                }
                before(node.parent(), c.source(), c.sourcePort(), before, visited);
            }
            for (Level level = node.parent(); level != null; level = level.parent()) {
                beforeComponent(level, before, visited);
            }
            before.forEach(b -> {
                if (connections.stream().noneMatch(c -> c.source() == id(b) && c.dest() == id(node))) {
                    connections.add(new Connection(id(b), 0, id(node), 0));
                }
            });
        }
        return new ArrayList<>(connections);
    }

    /** @return the node and port that give what a port gives; null if none does */
    private static End source(final Level level, final int source, final int port) {
        if (level.isInput(source)) {
            return level.kind() == Level.Kind.COMPONENT && port == 0 ? null : throughPort(level.parent(), level.id(), port);
        }
        final Item item = level.items().get(source);
        if (item instanceof NodeItem node) {
            return new End(node, port);
        }
        final Level inner = (Level)item;
        return inner.kind() == Level.Kind.COMPONENT && port == 0 ? null : throughPort(inner, inner.outputs(), port);
    }

    private static End throughPort(final Level level, final int id, final int port) {
        final Connection before = level.input(id, port);
        return before == null ? null : source(level, before.source(), before.sourcePort());
    }

    /** Collects the nodes that must have run before something can be taken from a port. */
    private static void before(final Level level, final int source, final int port, final Set<NodeItem> nodes, final Set<Visit> visited) {
        if (!visited.add(new Visit(level, source, port))) {
            return;
        }
        final Item item = level.items().get(source);
        if (level.isInput(source)) {
            if (level.kind() == Level.Kind.COMPONENT) {
                beforeComponent(level, nodes, visited);
            } else {
                beforePort(level.parent(), level.id(), port, nodes, visited);
            }
        } else if (item instanceof NodeItem node) {
            nodes.add(node);
        } else if (((Level)item).kind() == Level.Kind.METANODE) {
            beforePort((Level)item, Level.PORTS, port, nodes, visited);
        } else {
            nodes.addAll(((Level)item).nodes());
            beforeComponent((Level)item, nodes, visited);
        }
    }

    private static void beforePort(final Level level, final int id, final int port, final Set<NodeItem> nodes, final Set<Visit> visited) {
        final Connection before = level.input(id, port);
        if (before != null) {
            before(level, before.source(), before.sourcePort(), nodes, visited);
        }
    }

    private static void beforeComponent(final Level level, final Set<NodeItem> nodes, final Set<Visit> visited) {
        if (level.kind() == Level.Kind.COMPONENT) {
            level.parent().inputs(level.id()).forEach(c -> before(level.parent(), c.source(), c.sourcePort(), nodes, visited));
        }
    }
}
