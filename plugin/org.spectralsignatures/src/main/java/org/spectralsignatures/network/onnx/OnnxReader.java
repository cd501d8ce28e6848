package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.spectralsignatures.network.onnx.OnnxModel.Initialiser;
import org.spectralsignatures.network.onnx.OnnxModel.Node;
import org.spectralsignatures.network.onnx.OnnxModel.Range;
import org.spectralsignatures.network.onnx.OnnxModel.Value;

/**
 * Reads what an ONNX file holds, which may come from a stranger: no value is read, no more nodes than {@value #MOST_NODES} are taken, and
 * graphs within graphs only {@value #DEEPEST} deep. Operators of others than ONNX and ONNX Runtime, values in files elsewhere, nodes in no
 * order and initialisers whose sizes do not fit are refused by name.
 */
final class OnnxReader {

    private static final int MOST_NODES = 100_000;

    private static final int DEEPEST = 8;

    private static final int MOST_SIDES = 64;

    /** Whose operators ONNX Runtime has: ONNX's, those of ONNX-ML, and its own. */
    private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft");

    private final WireSource source;

    private final List<Node> nodes = new ArrayList<>();

    private final List<Value> inputs = new ArrayList<>();

    private final List<Value> outputs = new ArrayList<>();

    private final Map<String, Initialiser> initialisers = new LinkedHashMap<>();

    private final List<Range> graphParts = new ArrayList<>();

    private final OnnxFunctions functions = new OnnxFunctions();

    /** Where other files may have values, null if there may be none. */
    private final OnnxFolder folder;

    private int count;

    private OnnxReader(final FileChannel channel, final OnnxFolder folder) throws IOException {
        source = new WireSource(channel);
        this.folder = folder;
    }

    /**
     * @param file that may have others with values in its folder or below
     * @return what it holds
     * @throws OnnxFormatException if it is no model that can be run; the message says why
     */
    static OnnxModel read(final Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new OnnxReader(channel, new OnnxFolder(file)).model();
        }
    }

    /**
     * @param channel of a file that has all its values
     * @return what it holds
     * @throws OnnxFormatException if it is no model that can be run; the message says why
     */
    static OnnxModel read(final FileChannel channel) throws IOException {
        return new OnnxReader(channel, null).model();
    }

    private OnnxModel model() throws IOException {
        String producer = "";
        String version = "";
        final Map<String, Long> opsets = new HashMap<>();
        final Map<String, String> metadata = new LinkedHashMap<>();
        final var parts = new ArrayList<Range>();
        Range graph = null;
        final var model = new WireFields(source, 0, source.size());
        while (model.next()) {
            switch (model.number()) {
                case 2 -> producer = model.text();
                case 3 -> version = model.text();
                case 7 -> {
                    if (graph != null) {
                        throw new OnnxFormatException("it has two graphs");
                    }
                    graph = model.content();
                }
                case 8 -> opset(model.message(), opsets);
                case 14 -> entry(model.message(), metadata);
                case 25 -> functions.add(function(model.message()));
                default -> { }
            }
            if (model.number() != 7 && model.number() != 14 && model.number() != 20) { // notes are not needed, and training is not run
                parts.add(model.range());
            }
        }
        if (graph == null) {
            throw new OnnxFormatException("it has no graph: it is no ONNX model, or empty");
        }
        graph(new WireFields(source, graph.from(), graph.to()));
        check();
        return new OnnxModel((producer + " " + version).strip(), opsets.getOrDefault("", opsets.getOrDefault("ai.onnx", 0L)), List.copyOf(inputs),
            List.copyOf(outputs), List.copyOf(nodes), initialisers, metadata, parts, graphParts, source.size());
    }

    private static void opset(final WireFields fields, final Map<String, Long> opsets) throws IOException {
        String domain = "";
        long version = 0;
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> domain = fields.text();
                case 2 -> version = fields.value();
                default -> { }
            }
        }
        opsets.put(domain, version);
    }

    private static void entry(final WireFields fields, final Map<String, String> entries) throws IOException {
        String key = "";
        String value = "";
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> key = fields.text();
                case 2 -> value = fields.length() > 1 << 16 ? "" : fields.text();
                default -> { }
            }
        }
        entries.put(key, value);
    }

    private OnnxFunctions.Function function(final WireFields fields) throws IOException {
        String name = "";
        String domain = "";
        final var body = new ArrayList<Node>();
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> name = fields.text();
                case 7 -> body.add(node(fields, 1));
                case 10 -> domain = fields.text();
                case 11 -> attribute(fields.message(), new HashSet<>(), new ArrayList<>(), 1); // what its attributes are if a node does not say
                default -> { }
            }
        }
        return new OnnxFunctions.Function(domain, name, body);
    }

    private void graph(final WireFields fields) throws IOException {
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> nodes.add(node(fields, 0));
                case 5 -> initialiser(fields);
                case 11 -> inputs.add(value(fields));
                case 12 -> outputs.add(value(fields));
                case 15 -> throw sparse();
                case 2, 14 -> graphParts.add(fields.range());
                default -> { }
            }
        }
        inputs.removeIf(input -> initialisers.containsKey(input.name())); // defaults, in models of earlier versions
    }

    private static OnnxFormatException sparse() {
        return new OnnxFormatException("it has sparse tensors, which are not read: export it with dense ones");
    }

    private Node node(final WireFields field, final int depth) throws IOException {
        if (++count > MOST_NODES) {
            throw new OnnxFormatException("it has more than %d nodes".formatted(MOST_NODES));
        }
        if (depth > DEEPEST) {
            throw new OnnxFormatException("its graphs lie more than %d deep in each other".formatted(DEEPEST));
        }
        final Range range = field.range();
        String operator = "";
        String domain = "";
        String name = "";
        final var taken = new ArrayList<String>();
        final var given = new ArrayList<String>();
        final var outer = new LinkedHashSet<String>();
        final var order = new ArrayList<Long>();
        final var fields = field.message();
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> taken.add(fields.text());
                case 2 -> given.add(fields.text());
                case 3 -> name = fields.text();
                case 4 -> operator = fields.text();
                case 5 -> attribute(fields.message(), outer, order, depth);
                case 7 -> domain = fields.text();
                default -> { }
            }
        }
        return new Node(operator, domain.equals("ai.onnx") ? "" : domain, name, taken, outer, given, order, range);
    }

    /** @param outer receives names that graphs in the attribute take from outside */
    private void attribute(final WireFields fields, final Set<String> outer, final List<Long> order, final int depth) throws IOException {
        String name = "";
        final var numbers = new ArrayList<Long>();
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> name = fields.text();
                case 5, 10 -> tensor(fields, "of an attribute");
                case 6, 11 -> subgraph(fields.message(), outer, depth + 1);
                case 8 -> numbers(fields, numbers);
                case 22, 23 -> throw sparse();
                default -> { }
            }
        }
        if (name.equals("perm")) {
            order.addAll(numbers);
        }
    }

    /** Long lists occur in models, but not where they would be asked for. */
    private static void numbers(final WireFields fields, final List<Long> numbers) throws IOException {
        if (numbers.size() < MOST_SIDES) {
            fields.numbers(numbers, 1 << 20);
        }
    }

    private void subgraph(final WireFields fields, final Set<String> outer, final int depth) throws IOException {
        final var inner = new HashSet<String>();
        final var taken = new LinkedHashSet<String>();
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> {
                    final Node node = node(fields, depth);
                    functions.call(node);
                    taken.addAll(node.inputs());
                    taken.addAll(node.outer());
                    inner.addAll(node.outputs());
                }
                case 5 -> inner.add(tensor(fields, "of a graph within it").name());
                case 11 -> inner.add(value(fields).name());
                case 12 -> taken.add(value(fields).name());
                case 15 -> throw sparse();
                default -> { }
            }
        }
        taken.removeAll(inner);
        outer.addAll(taken);
    }

    private void initialiser(final WireFields field) throws IOException {
        final OnnxTensor tensor = OnnxTensor.read(field.message());
        tensor.check("");
        final OnnxExternal external = tensor.isOutside() ? OnnxExternal.of(tensor, folder, "") : null;
        if (initialisers.put(tensor.name(), new Initialiser(tensor.shape(), tensor.type(), field.range(), external)) != null) {
            throw new OnnxFormatException("it has the initialiser '%s' twice".formatted(OnnxText.shown(tensor.name())));
        }
    }

    private static OnnxTensor tensor(final WireFields field, final String where) throws IOException {
        final OnnxTensor tensor = OnnxTensor.read(field.message());
        tensor.check(where);
        if (tensor.isOutside()) {
            OnnxExternal.of(tensor, null, where);
        }
        return tensor;
    }

    private static Value value(final WireFields field) throws IOException {
        final Range range = field.range();
        final var fields = field.message();
        String name = "";
        int type = 0;
        List<Long> shape = null;
        while (fields.next()) {
            if (fields.number() == 1) {
                name = fields.text();
            } else if (fields.number() == 2) {
                final var kinds = fields.message();
                while (kinds.next()) {
                    if (kinds.number() == 1) {
                        final var tensor = kinds.message();
                        while (tensor.next()) {
                            if (tensor.number() == 1) {
                                type = (int)tensor.value();
                            } else if (tensor.number() == 2) {
                                shape = shape(tensor.message());
                            }
                        }
                    }
                }
            }
        }
        return new Value(name, type, shape, range);
    }

    private static List<Long> shape(final WireFields fields) throws IOException {
        final var shape = new ArrayList<Long>();
        while (fields.next()) {
            if (fields.number() == 1) {
                long side = OnnxModel.DYNAMIC;
                final var dimension = fields.message();
                while (dimension.next()) {
                    if (dimension.number() == 1 && dimension.value() > 0) {
                        side = dimension.value();
                    }
                }
                shape.add(side);
            }
            if (shape.size() > MOST_SIDES) {
                throw new OnnxFormatException("one of its tensors has more than %d sides".formatted(MOST_SIDES));
            }
        }
        return List.copyOf(shape);
    }

    private void check() throws OnnxFormatException {
        functions.check(nodes, DOMAINS);
        final var known = new HashSet<>(initialisers.keySet());
        known.add("");
        inputs.forEach(input -> known.add(input.name()));
        for (Node node : nodes) {
            checkOrder(node, node.inputs(), known);
            checkOrder(node, node.outer(), known);
            for (String output : node.outputs()) {
                if (!known.add(output) && !output.isEmpty()) {
                    throw new OnnxFormatException("the tensor '%s' is computed twice".formatted(OnnxText.shown(output)));
                }
            }
        }
        for (Value output : outputs) {
            if (!known.contains(output.name())) {
                throw new OnnxFormatException("no node computes its output '%s'".formatted(OnnxText.shown(output.name())));
            }
        }
        if (outputs.isEmpty()) {
            throw new OnnxFormatException("it has no output");
        }
    }

    private static void checkOrder(final Node node, final Iterable<String> taken, final Set<String> known) throws OnnxFormatException {
        for (String input : taken) {
            if (!known.contains(input)) {
                throw new OnnxFormatException("the node '%s' (%s) takes '%s', which nothing before it computes: its nodes form a circle, or it is damaged"
                    .formatted(OnnxText.shown(node.name()), OnnxText.shown(node.operator()), OnnxText.shown(input)));
            }
        }
    }
}
