package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.spectralsignatures.network.onnx.OnnxModel.Node;
import org.spectralsignatures.network.onnx.OnnxModel.Range;

/** A part of a model as a model: the nodes and values that some of its tensors hang on, with these tensors as its outputs. */
final class OnnxExtract {

    private static final int GRAPH = 7;

    private static final int OUTPUT = 12;

    private OnnxExtract() {
    }

    /**
     * @param file that was read
     * @param model what it holds
     * @param tensors names of tensors that nodes compute
     * @return a model that computes them, direct
     * @throws IOException if the file cannot be read
     */
    static ByteBuffer of(final Path file, final OnnxModel model, final Collection<String> tensors) throws IOException {
        if (Files.size(file) != model.size()) {
            throw new OnnxFormatException("it was changed while it was used");
        }
        final OnnxPieces graph = parts(file, model, tensors);
        final var outputs = new WireWriter();
        tensors.forEach(name -> outputs.message(OUTPUT, new WireWriter().text(1, name)));
        graph.bytes(outputs.bytes());
        return whole(file, model, graph).inMemory();
    }

    /**
     * @param file that was read
     * @param model what it holds, with values in other files
     * @param notes of the new model
     * @return what is run of it as one model with all its values
     */
    static OnnxPieces whole(final Path file, final OnnxModel model, final Map<String, String> notes) {
        final var graph = new OnnxPieces(file);
        model.nodes().forEach(node -> graph.range(node.range()));
        model.initialisers().forEach(graph::initialiser);
        model.inputs().forEach(input -> graph.range(input.range()));
        model.outputs().forEach(output -> graph.range(output.range()));
        model.graphParts().forEach(graph::range);
        return whole(file, model, graph).bytes(OnnxNotes.fields(notes));
    }

    private static OnnxPieces whole(final Path file, final OnnxModel model, final OnnxPieces graph) {
        final var whole = new OnnxPieces(file);
        model.modelParts().forEach(whole::range);
        return whole.bytes(new WireWriter().begin(GRAPH, graph.size()).bytes()).all(graph);
    }

    /** @return fields of the graph, in an order in which they may stand */
    private static OnnxPieces parts(final Path file, final OnnxModel model, final Collection<String> tensors) {
        final Set<String> needed = new HashSet<>(tensors);
        final var nodes = new ArrayList<Range>();
        for (int i = model.nodes().size() - 1; i >= 0; i--) {
            final Node node = model.nodes().get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.inputs());
                needed.addAll(node.outer());
                nodes.add(node.range());
            }
        }
        Collections.reverse(nodes);
        final var parts = new OnnxPieces(file);
        nodes.forEach(parts::range);
        model.initialisers().forEach((name, tensor) -> {
            if (needed.contains(name)) {
                parts.initialiser(name, tensor);
            }
        });
        model.inputs().forEach(input -> parts.range(input.range()));
        model.graphParts().forEach(parts::range);
        return parts;
    }
}
