package org.spectralsignatures.network.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.spectralsignatures.network.keras.KerasLayer.Source;

/**
 * The layers of a network and how they hang together, as Keras describes them: {@code Sequential} and {@code Functional} of Keras 2 and 3.
 *
 * @param sequence whether each layer takes what the one before it gives
 * @param layers in the order of the file
 * @param inputs where a network that is no sequence begins
 * @param outputs where it ends
 */
record KerasModel(boolean sequence, List<KerasLayer> layers, List<Source> inputs, List<Source> outputs) {

    private static final int MOST_LAYERS = 5000;

    private static final int DEEPEST = 8;

    /** What layers are told besides what they take, and does not change what they give here. */
    private static final Set<String> PASSED_OVER = Set.of("training", "mask");

    /**
     * @param root JSON of a network
     * @return the network
     * @throws KerasException if it is none that is known; the message says why
     */
    static KerasModel parse(final Object root) throws KerasException {
        return parse(map("the network", root), 0);
    }

    private static boolean isModel(final Object type) {
        return "Sequential".equals(type) || "Functional".equals(type) || "Model".equals(type);
    }

    private static KerasModel parse(final Map<?, ?> root, final int depth) throws KerasException {
        final Object type = root.get("class_name");
        if (!isModel(type)) {
            throw new KerasException("its network is a '%s', a class of its own, but Sequential and Functional networks are read".formatted(KerasException.shown(type))
                + KerasException.ADVICE);
        }
        if (depth > DEEPEST) {
            throw new KerasException("its networks lie more than %d deep in each other".formatted(DEEPEST));
        }
        final boolean sequence = type.equals("Sequential");
        final Object config = root.get("config");
        final List<?> all = list("layers", config instanceof List<?> ? config : map("the network", config).get("layers"));
        if (all.isEmpty() || all.size() > MOST_LAYERS) {
            throw new KerasException("it has %d layers, but may have 1 to %d".formatted(all.size(), MOST_LAYERS));
        }
        final var layers = new ArrayList<KerasLayer>();
        final var names = new HashSet<String>();
        for (Object layer : all) {
            layers.add(layer(map("a layer", layer), depth));
            if (!names.add(layers.get(layers.size() - 1).name())) {
                throw new KerasException("it has the layer '%s' twice".formatted(KerasException.shown(layers.get(layers.size() - 1).name())));
            }
        }
        return new KerasModel(sequence, layers, sequence ? List.of() : ends(map("the network", config), "input_layers"),
            sequence ? List.of() : ends(map("the network", config), "output_layers"));
    }

    private static KerasLayer layer(final Map<?, ?> layer, final int depth) throws KerasException {
        final Object type = layer.get("class_name");
        final Map<?, ?> config = layer.get("config") instanceof Map<?, ?> map ? map : new HashMap<>();
        final Object name = config.get("name") == null ? layer.get("name") : config.get("name");
        if (!(type instanceof String) || !(name instanceof String)) {
            throw new KerasException("a layer in it has no name or no class");
        }
        final var settings = new KerasSettings("the layer '%s' (%s)".formatted(KerasException.shown(name), KerasException.shown(type)), config);
        final var calls = new ArrayList<List<Source>>();
        if (layer.get("inbound_nodes") != null) {
            for (Object node : list("inbound_nodes of " + KerasException.shown(name), layer.get("inbound_nodes"))) {
                calls.add(node instanceof Map<?, ?> map ? call3(settings, map) : call2(settings, node));
            }
        }
        return new KerasLayer((String)type, layer.get("module") instanceof String module ? module : "", (String)name, settings, calls,
            isModel(type) ? parse(layer, depth + 1) : null);
    }

    /** As Keras 2 writes it: lists of a name, two numbers, and further arguments. */
    private static List<Source> call2(final KerasSettings layer, final Object node) throws KerasException {
        final List<?> all = list("a call of " + layer.owner(), node);
        final var sources = new ArrayList<Source>();
        for (Object part : !all.isEmpty() && all.get(0) instanceof String ? List.of(all) : all) {
            final List<?> call = list("a call of " + layer.owner(), part);
            if (call.size() > 3) {
                checkArguments(layer, call.get(3));
            }
            sources.add(source(part));
        }
        return sources;
    }

    /** As Keras 3 writes it: arguments, in which tensors stand. */
    private static List<Source> call3(final KerasSettings layer, final Map<?, ?> node) throws KerasException {
        final var sources = new ArrayList<Source>();
        collect(layer, node.get("args"), sources);
        checkArguments(layer, node.get("kwargs"));
        return sources;
    }

    private static void collect(final KerasSettings layer, final Object argument, final List<Source> sources) throws KerasException {
        if (argument instanceof List<?> list) {
            for (Object part : list) {
                collect(layer, part, sources);
            }
        } else if (argument instanceof Map<?, ?> map && "__keras_tensor__".equals(map.get("class_name")) && map.get("config") instanceof Map<?, ?> config) {
            sources.add(source(config.get("keras_history")));
        } else if (argument != null) {
            throw layer.wrong("is called with %s, which is not read".formatted(KerasException.shown(argument)) + KerasException.ADVICE);
        }
    }

    private static void checkArguments(final KerasSettings layer, final Object arguments) throws KerasException {
        if (arguments instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> argument : map.entrySet()) {
                final boolean known = PASSED_OVER.contains(argument.getKey()) && (argument.getValue() == null || Boolean.FALSE.equals(argument.getValue()));
                if (!known) {
                    throw layer.wrong("is called with %s=%s, which is not read".formatted(KerasException.shown(argument.getKey()), KerasException.shown(argument.getValue()))
                        + KerasException.ADVICE);
                }
            }
        }
    }

    /** @return inputs or outputs, which Keras writes as one or as a list of them */
    private static List<Source> ends(final Map<?, ?> config, final String name) throws KerasException {
        final List<?> all = list(name, config.get(name));
        if (!all.isEmpty() && all.get(0) instanceof String) {
            return List.of(source(all));
        }
        final var ends = new ArrayList<Source>();
        for (Object end : all) {
            ends.add(source(end));
        }
        return ends;
    }

    private static Source source(final Object written) throws KerasException {
        if (written instanceof List<?> list && list.size() >= 3 && list.get(0) instanceof String layer && list.get(1) instanceof Integer call
            && list.get(2) instanceof Integer result) {
            return new Source(layer, call, result);
        }
        throw new KerasException("a connection in it is written as %s, which is not read".formatted(KerasException.shown(written)));
    }

    private static Map<?, ?> map(final String what, final Object value) throws KerasException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new KerasException("%s is not described as it should be".formatted(what));
    }

    private static List<?> list(final String what, final Object value) throws KerasException {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new KerasException("%s are not described as they should be".formatted(what));
    }
}
