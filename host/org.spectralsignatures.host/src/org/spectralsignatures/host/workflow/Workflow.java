package org.spectralsignatures.host.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A loaded workflow.
 *
 * @param folder where it lies
 * @param nodes by id
 * @param connections between them
 * @param variables its flow variables by name
 * @param notes what the host does otherwise than KNIME, for people
 */
public record Workflow(Path folder, Map<Integer, WorkflowNode> nodes, List<Connection> connections,
    Map<String, WorkflowVariable> variables, List<String> notes) {

    /**
     * @return the nodes, each after those that it takes from
     * @throws WorkflowLoadException if they form a circle
     */
    public List<WorkflowNode> topologicalOrder() throws WorkflowLoadException {
        final var order = new ArrayList<WorkflowNode>();
        final Map<Integer, Set<Integer>> before = predecessors();
        final Set<Integer> done = new HashSet<>();
        while (order.size() < nodes.size()) {
            final int count = order.size();
            for (WorkflowNode node : nodes.values()) {
                if (!done.contains(node.id()) && done.containsAll(before.get(node.id()))) {
                    done.add(node.id());
                    order.add(node);
                }
            }
            if (order.size() == count) {
                throw new WorkflowLoadException("'" + folder.resolve(WorkflowReader.FILE) + "': the nodes of the workflow form a circle.");
            }
        }
        return order;
    }

    /** @return for each node's id the ids of the nodes that it takes from */
    public Map<Integer, Set<Integer>> predecessors() {
        final Map<Integer, Set<Integer>> before = new HashMap<>();
        nodes.keySet().forEach(id -> before.put(id, new HashSet<>()));
        connections.forEach(c -> before.get(c.dest()).add(c.source()));
        return before;
    }

    /** @return ids of the nodes that a node takes from */
    public Set<Integer> predecessors(final int id) {
        final Set<Integer> sources = new HashSet<>();
        connections.stream().filter(c -> c.dest() == id).forEach(c -> sources.add(c.source()));
        return sources;
    }

    /** @return what is connected to an input, counted from 1; null if nothing is */
    public Connection input(final int id, final int port) {
        return connections.stream().filter(c -> c.dest() == id && c.destPort() == port).findFirst().orElse(null);
    }

    /** @return the variables with their values, for people */
    public String describeVariables() {
        return String.join(", ", variables.values().stream().map(v -> v.name() + " " + (v.value() == null ? v.type() : v.value().isEmpty() ? "(empty)" : v.value())).toList());
    }
}
