package org.spectralsignatures.network.keras;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.spectralsignatures.network.keras.KerasLayer.Source;

/** Translates the layers of a network, and of networks in it, into nodes of a graph: each layer's result has the layer's name. */
final class KerasTranslation {

    /** Layers that do nothing when a network is used. */
    private static final Set<String> PASS = Set.of("InputLayer", "Dropout", "SpatialDropout2D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization",
        "Identity", "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast", "RandomBrightness");

    private static final String NOT_TRANSLATED = ", a layer that is not translated" + KerasException.ADVICE;

    private final KerasGraph graph;

    private final KerasActivations activations;

    private final KerasConvolutions convolutions;

    private final KerasScalings scalings;

    private final KerasArrangements arrangements;

    private final KerasMerges merges;

    KerasTranslation(final KerasGraph graph, final boolean third) {
        this.graph = graph;
        activations = new KerasActivations(graph, third);
        convolutions = new KerasConvolutions(graph, activations);
        scalings = new KerasScalings(graph);
        arrangements = new KerasArrangements(graph);
        merges = new KerasMerges(graph);
    }

    /**
     * @param model to be translated
     * @param prefix before the names of its layers
     * @param inputs what it takes
     * @param weights of its layers
     * @return what it gives
     * @throws KerasException if a layer is none that is translated, or does not fit to what stands before it
     */
    List<KerasTensor> model(final KerasModel model, final String prefix, final List<KerasTensor> inputs, final KerasWeights weights) throws IOException {
        return model.sequence() ? sequence(model, prefix, inputs, weights) : network(model, prefix, inputs, weights);
    }

    private List<KerasTensor> sequence(final KerasModel model, final String prefix, final List<KerasTensor> inputs, final KerasWeights weights) throws IOException {
        List<KerasTensor> last = inputs;
        for (KerasLayer layer : model.layers()) {
            last = layer(layer, prefix, last, weights);
        }
        return last;
    }

    private List<KerasTensor> network(final KerasModel model, final String prefix, final List<KerasTensor> inputs, final KerasWeights weights) throws IOException {
        final Map<Source, KerasTensor> done = new HashMap<>();
        if (model.inputs().size() != inputs.size()) {
            throw new KerasException("it takes %d inputs, but a network that is read here takes images and nothing else".formatted(model.inputs().size()));
        }
        for (int i = 0; i < inputs.size(); i++) {
            done.put(model.inputs().get(i), inputs.get(i));
        }
        List<KerasLayer> left = model.layers();
        while (!left.isEmpty()) {
            final var later = new ArrayList<KerasLayer>();
            boolean more = false;
            for (KerasLayer layer : left) {
                boolean complete = true;
                for (int call = 0; call < layer.calls().size(); call++) {
                    final boolean before = done.containsKey(new Source(layer.name(), call, 0));
                    final boolean now = before || call(layer, call, prefix, done, weights);
                    more |= now && !before;
                    complete &= now;
                }
                if (!complete) {
                    later.add(layer);
                }
            }
            if (!more && !later.isEmpty()) {
                throw later.get(0).settings().wrong("takes what no layer gives: its layers form a circle, or it is damaged");
            }
            left = later;
        }
        final var outputs = new ArrayList<KerasTensor>();
        for (Source output : model.outputs()) {
            final KerasTensor tensor = done.get(output);
            if (tensor == null) {
                throw new KerasException("no layer gives its output '%s'".formatted(KerasException.shown(output.layer())));
            }
            outputs.add(tensor);
        }
        return outputs;
    }

    /** @return whether all that the layer takes was there */
    private boolean call(final KerasLayer layer, final int call, final String prefix, final Map<Source, KerasTensor> done, final KerasWeights weights) throws IOException {
        final var taken = new ArrayList<KerasTensor>();
        for (Source source : layer.calls().get(call)) {
            if (!done.containsKey(source)) {
                return false;
            }
            taken.add(done.get(source));
        }
        final List<KerasTensor> given = layer(layer, prefix, taken, weights);
        for (int i = 0; i < given.size(); i++) {
            done.put(new Source(layer.name(), call, i), given.get(i));
        }
        return true;
    }

    private List<KerasTensor> layer(final KerasLayer layer, final String prefix, final List<KerasTensor> taken, final KerasWeights weights) throws IOException {
        final String name = prefix + layer.name();
        if (!layer.module().isEmpty() && !layer.module().startsWith("keras.layers") && layer.model() == null) {
            throw layer.settings().wrong("is defined in '%s'".formatted(KerasException.shown(layer.module())) + NOT_TRANSLATED);
        }
        if (layer.model() != null) {
            return model(layer.model(), name + "/", taken, weights.within(layer));
        }
        if (taken.isEmpty()) {
            throw layer.settings().wrong("takes nothing");
        }
        final KerasTensor merged = merges.layer(layer, name, taken);
        if (merged != null) {
            return List.of(merged);
        }
        if (taken.size() > 1) {
            throw layer.settings().wrong("takes %d tensors".formatted(taken.size()) + NOT_TRANSLATED);
        }
        return List.of(single(layer, name, taken.get(0), weights));
    }

    private KerasTensor single(final KerasLayer layer, final String name, final KerasTensor x, final KerasWeights weights) throws IOException {
        if (PASS.contains(layer.type())) {
            return x;
        }
        KerasTensor result = convolutions.layer(layer, name, x, weights);
        if (result == null) {
            result = scalings.layer(layer, name, x, weights);
        }
        if (result == null) {
            result = activations.layer(layer, name, x);
        }
        if (result == null) {
            result = arrangements.layer(layer, name, x);
        }
        if (result == null) {
            throw layer.settings().wrong("is of the class '%s'".formatted(KerasException.shown(layer.type())) + NOT_TRANSLATED);
        }
        return result;
    }

    KerasGraph graph() {
        return graph;
    }
}
