package org.spectralsignatures.network.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.spectralsignatures.network.onnx.OnnxModel.Node;

/** The functions that a model brings along, and whether all operators are known: ONNX's, ONNX Runtime's or such a function. */
final class OnnxFunctions {

    /** How deep functions call each other in models that PyTorch writes is a handful. */
    private static final int DEEPEST = 64;

    /**
     * A function.
     *
     * @param domain with the name what nodes call it by
     * @param name within the domain
     * @param body what it computes
     */
    record Function(String domain, String name, List<Node> body) {
    }

    private final Map<String, Function> functions = new HashMap<>();

    /** Nodes in graphs within nodes. */
    private final List<Node> inner = new ArrayList<>();

    void add(final Function function) {
        functions.put(key(function.domain(), function.name()), function);
    }

    /** @param node in a graph within another node */
    void call(final Node node) {
        inner.add(node);
    }

    private static String key(final String domain, final String name) {
        return domain + ":" + name;
    }

    /**
     * @param nodes of the graph
     * @param domains whose operators are known
     * @throws OnnxFormatException if an operator is none that is known, or functions call each other in a circle
     */
    void check(final List<Node> nodes, final Set<String> domains) throws OnnxFormatException {
        final var all = new ArrayList<>(nodes);
        all.addAll(inner);
        functions.values().forEach(function -> all.addAll(function.body()));
        for (Node node : all) {
            if (!domains.contains(node.domain()) && !functions.containsKey(key(node.domain(), node.operator()))) {
                throw new OnnxFormatException(("the node '%s' is a '%s' of '%s', an operator of neither ONNX nor ONNX Runtime: export the network without"
                    + " operators of your own").formatted(OnnxText.shown(node.name()), OnnxText.shown(node.operator()), OnnxText.shown(node.domain())));
            }
        }
        final var done = new HashSet<String>();
        for (Function function : functions.values()) {
            visit(function, done, new HashSet<>());
        }
    }

    private void visit(final Function function, final Set<String> done, final Set<String> open) throws OnnxFormatException {
        final String key = key(function.domain(), function.name());
        if (done.contains(key)) {
            return;
        }
        if (!open.add(key) || open.size() > DEEPEST) {
            throw new OnnxFormatException("its function '%s' calls itself".formatted(OnnxText.shown(function.name())));
        }
        for (Node node : function.body()) {
            final Function called = functions.get(key(node.domain(), node.operator()));
            if (called != null) {
                visit(called, done, open);
            }
        }
        open.remove(key);
        done.add(key);
    }
}
