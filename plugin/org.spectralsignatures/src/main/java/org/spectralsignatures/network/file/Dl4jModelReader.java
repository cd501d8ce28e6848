package org.spectralsignatures.network.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Parameter;
import org.spectralsignatures.network.plan.Step;

/**
 * Finds the steps of a plan in the {@code configuration.json} of a graph of DL4J's own layers: it follows the vertices from the images on,
 * and takes what stands between a fork and the sum behind it for a residual unit. Only what decides the results is looked at.
 */
final class Dl4jModelReader {

    private static final String NAME = Dl4jFormat.CONFIGURATION;

    private static final int MAX_VERTICES = 5000;

    private final Map<String, Dl4jVertex> vertices = new LinkedHashMap<>();

    /** Names of the vertices behind each, in their order. */
    private final Map<String, List<String>> followers = new HashMap<>();

    private final Map<String, List<Parameter>> parameters = new HashMap<>();

    private final Map<String, int[]> copies = new HashMap<>();

    private final List<Step> steps = new ArrayList<>();

    private final NetworkPlan plan;

    private final Dl4jPieces pieces = new Dl4jPieces();

    private ImageShape shape;

    private String last;

    /**
     * @param input shape of the images
     * @param root the configuration
     * @throws NetworkFormatException if it has something that is no step, or for other images
     */
    Dl4jModelReader(final ImageShape input, final Object root) throws NetworkFormatException {
        readVertices(root);
        shape = input;
        while (!vertices.get(last).kind().equals(Dl4jVertex.Kind.SOFTMAX)) {
            next();
        }
        plan = new NetworkPlan(input, steps);
        for (String name : vertices.keySet()) {
            pieces.add(parameters.getOrDefault(name, List.of()));
            if (copies.containsKey(name)) {
                pieces.addCopy(copies.get(name)[0], copies.get(name)[1]);
            }
        }
        final long used = vertices.values().stream().filter(Dl4jVertex::used).count();
        if (used != vertices.size()) {
            throw new NetworkFormatException("it has %d vertices that do not lie between images and result".formatted(vertices.size() - used));
        }
    }

    /** @return what the model computes */
    NetworkPlan plan() {
        return plan;
    }

    /** @return what lies where in the vector of parameters */
    Dl4jPieces pieces() {
        return pieces;
    }

    /** In topological order, in which the parameters lie one behind the other. */
    private void readVertices(final Object root) throws NetworkFormatException {
        if (StrictJson.at(root, "confs") instanceof List<?>) {
            throw new NetworkFormatException("it is a MultiLayerNetwork, but graphs are read: save what its toComputationGraph() gives, with ModelSerializer.writeModel");
        }
        final List<?> inputs = StrictJson.list(at("networkInputs"), StrictJson.at(root, "networkInputs"));
        final List<?> order = StrictJson.list(at("topologicalOrderStr"), StrictJson.at(root, "topologicalOrderStr"));
        final Map<?, ?> all = StrictJson.object(at("vertices"), StrictJson.at(root, "vertices"));
        if (inputs.size() != 1 || order.isEmpty() || order.size() != all.size() + 1 || order.size() > MAX_VERTICES || !order.get(0).equals(inputs.get(0))) {
            throw new NetworkFormatException("it must have one input and up to %d vertices, all of them in topologicalOrderStr".formatted(MAX_VERTICES));
        }
        last = StrictJson.text(at("networkInputs"), inputs.get(0));
        vertices.put(last, Dl4jVertex.input(last));
        for (Object name : order.subList(1, order.size())) {
            final String text = StrictJson.text(at("topologicalOrderStr"), name);
            final var vertex = new Dl4jVertex(text, StrictJson.at(all, text));
            for (Object before : StrictJson.list(at("vertexInputs." + text), StrictJson.at(root, "vertexInputs", text))) {
                if (!(before instanceof String) || !vertices.containsKey(before)) {
                    throw vertex.wrong("its input %s does not come before it".formatted(StrictJson.shown(before)));
                }
                vertex.inputs().add((String)before);
                followers.computeIfAbsent((String)before, key -> new ArrayList<>()).add(text);
            }
            if (vertices.put(text, vertex) != null) {
                throw vertex.wrong("it is listed twice");
            }
        }
    }

    private static String at(final String field) {
        return NAME + ", " + field;
    }

    private List<String> behind(final String name) {
        return followers.getOrDefault(name, List.of());
    }

    /** The only vertex behind another one, which must have no further input. */
    private Dl4jVertex only(final Dl4jVertex vertex, final Dl4jVertex.Kind kind) throws NetworkFormatException {
        if (behind(vertex.name()).size() != 1) {
            throw vertex.wrong("it is followed by %s, but should be by one vertex".formatted(behind(vertex.name())));
        }
        return expect(vertices.get(behind(vertex.name()).get(0)), kind);
    }

    private static Dl4jVertex expect(final Dl4jVertex vertex, final Dl4jVertex.Kind kind) throws NetworkFormatException {
        if (vertex.kind() != kind) {
            throw vertex.wrong("it is %s where %s is expected".formatted(vertex.kind().words(), kind.words()));
        }
        vertex.use();
        return vertex;
    }

    private void next() throws NetworkFormatException {
        final List<String> next = behind(last);
        if (next.size() == 2) {
            final int norm = vertices.get(next.get(0)).kind() == Dl4jVertex.Kind.NORM ? 0 : 1;
            unit(vertices.get(last), vertices.get(next.get(norm)), next.get(1 - norm));
            return;
        }
        if (next.size() != 1) {
            throw vertices.get(last).wrong("it is followed by %s: nothing that this library knows forks so".formatted(next.isEmpty() ? "nothing" : next));
        }
        final Dl4jVertex vertex = vertices.get(next.get(0));
        if (vertex.kind() == Dl4jVertex.Kind.NORM) {
            norm(vertex);
        } else {
            simple(vertex);
        }
    }

    private void norm(final Dl4jVertex norm) throws NetworkFormatException {
        expect(norm, Dl4jVertex.Kind.NORM);
        final Dl4jVertex activation = only(norm, Dl4jVertex.Kind.ACTIVATION);
        final List<String> next = behind(activation.name());
        if (next.size() == 2 && next.stream().noneMatch(name -> vertices.get(name).kind() == Dl4jVertex.Kind.NORM)) {
            unit(activation, norm, null);
            return;
        }
        final var step = new Step.NormActivation(activation.name(), norm.norm(shape.channels(), activation.leak()));
        parameters.put(norm.name(), step.parameters(shape));
        add(step);
    }

    private void simple(final Dl4jVertex vertex) throws NetworkFormatException {
        vertex.use();
        final Step step;
        switch (vertex.kind()) {
            case CONVOLUTION, OTHER_CONVOLUTION, COPY:
                step = new Step.Convolution(vertex.name(), vertex.filters(shape.channels(), vertex.stride()), vertex.side(), vertex.stride(), Step.Start.FAN_IN);
                break;
            case PADDED_MAX_POOLING:
                step = new Step.PaddedMaxPooling(vertex.name(), vertex.side());
                break;
            case MAX_POOLING:
                step = new Step.MaxPooling(vertex.name());
                break;
            case GLOBAL_AVERAGE:
                step = new Step.GlobalAveragePooling(vertex.name());
                break;
            case SOFTMAX:
                step = softmax(vertex);
                break;
            default:
                throw vertex.wrong("%s cannot stand here".formatted(vertex.kind().words()));
        }
        parameters.put(vertex.name(), step.parameters(shape));
        add(step);
    }

    private Step softmax(final Dl4jVertex vertex) throws NetworkFormatException {
        if (shape.planeSize() != 1) {
            throw vertex.wrong("it must stand behind a global average");
        }
        final int classes = vertex.filters(shape.channels(), 1);
        if (classes < 2) {
            throw vertex.wrong("it has one class, but must tell two or more apart");
        }
        return new Step.Softmax(vertex.name(), classes);
    }

    private void add(final Step step) throws NetworkFormatException {
        try {
            shape = step.output(shape);
        } catch (IllegalArgumentException e) {
            throw vertices.get(step.name()).wrong(e.getMessage());
        }
        steps.add(step);
        last = step.name();
    }

    /**
     * @param fork where the shortcut leaves: before the first normalisation, or behind the rectifier after it
     * @param norm1 the first normalisation
     * @param shortcut the first vertex of the shortcut; null if it is the other one behind the fork than the convolution
     */
    private void unit(final Dl4jVertex fork, final Dl4jVertex norm1, final String shortcut) throws NetworkFormatException {
        expect(norm1, Dl4jVertex.Kind.NORM);
        final boolean activated = shortcut == null;
        final Dl4jVertex activation1 = activated ? fork : only(norm1, Dl4jVertex.Kind.ACTIVATION);
        final List<String> forked = behind(activation1.name());
        final boolean swapped = activated && vertices.get(forked.get(0)).kind() != Dl4jVertex.Kind.CONVOLUTION;
        final Dl4jVertex convolution1 = activated ? expect(vertices.get(forked.get(swapped ? 1 : 0)), Dl4jVertex.Kind.CONVOLUTION)
            : only(activation1, Dl4jVertex.Kind.CONVOLUTION);
        final Dl4jVertex norm2 = only(convolution1, Dl4jVertex.Kind.NORM);
        final Dl4jVertex activation2 = only(norm2, Dl4jVertex.Kind.ACTIVATION);
        final Dl4jVertex convolution2 = only(activation2, Dl4jVertex.Kind.CONVOLUTION);
        final Dl4jVertex sum = only(convolution2, Dl4jVertex.Kind.SUM);
        final int stride = convolution1.stride();
        final int filters = convolution1.filters(shape.channels(), stride);
        final Normalisation norm = norm1.norm(shape.channels(), activation1.leak());
        if (!norm.equals(norm2.norm(filters, activation2.leak())) || convolution2.filters(filters, 1) != filters) {
            throw sum.wrong("the two halves of this residual unit differ in their normalisation or filters");
        }
        final String start = activated ? forked.get(swapped ? 0 : 1) : shortcut;
        final boolean projection = activated && vertices.get(start).kind() == Dl4jVertex.Kind.COPY && (stride > 1 || start.endsWith(Dl4jModelTree.PROJECTION));
        final String end = projection ? projection(vertices.get(start), stride, filters) : shortcut(start, fork, stride, filters);
        if (sum.inputs().size() != 2 || !sum.inputs().contains(end) || !sum.inputs().contains(convolution2.name())) {
            throw sum.wrong("it adds %s, but in a residual unit it adds '%s' and '%s'".formatted(sum.inputs(), convolution2.name(), end));
        }
        final var unit = new Step.ResidualUnit(sum.name(), filters, stride, activated, projection, norm);
        final List<Parameter> all = unit.parameters(shape);
        parameters.put(norm1.name(), Dl4jModelTree.half(all, 1).subList(0, 4));
        parameters.put(convolution1.name(), Dl4jModelTree.half(all, 1).subList(4, 5));
        parameters.put(norm2.name(), Dl4jModelTree.half(all, 2).subList(0, 4));
        parameters.put(convolution2.name(), Dl4jModelTree.half(all, 2).subList(4, 5));
        if (projection) {
            parameters.put(end, Dl4jModelTree.projection(all));
        }
        add(unit);
    }

    private String projection(final Dl4jVertex vertex, final int stride, final int filters) throws NetworkFormatException {
        vertex.use();
        if (vertex.filters(shape.channels(), stride) != filters) {
            throw vertex.wrong("it must give %d channels".formatted(filters));
        }
        return vertex.name();
    }

    /** @return name of the last vertex of a shortcut without parameters, which is added */
    private String shortcut(final String first, final Dl4jVertex fork, final int stride, final int filters) throws NetworkFormatException {
        Dl4jVertex vertex = fork;
        String next = first;
        if (stride > 1) {
            final boolean odd = shape.height() % 2 != 0 || shape.width() % 2 != 0;
            vertex = vertices.get(next).kind() == Dl4jVertex.Kind.PADDED_AVERAGE_POOLING || odd
                ? expect(vertices.get(next), Dl4jVertex.Kind.PADDED_AVERAGE_POOLING) : expect(vertices.get(next), Dl4jVertex.Kind.AVERAGE_POOLING);
            next = filters > shape.channels() ? only(vertex, Dl4jVertex.Kind.COPY).name() : "";
        }
        if (filters > shape.channels()) {
            vertex = expect(vertices.get(next), Dl4jVertex.Kind.COPY);
            if (vertex.filters(shape.channels(), 1) != filters) {
                throw vertex.wrong("it must give %d channels".formatted(filters));
            }
            copies.put(vertex.name(), new int[]{filters, shape.channels()});
        }
        return vertex.name();
    }
}
