package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() != model.size()) {
                throw new OnnxFormatException("it was changed while it was used");
            }
            final List<Range> graph = parts(model, tensors);
            final var outputs = new WireWriter();
            tensors.forEach(name -> outputs.message(OUTPUT, new WireWriter().text(1, name)));
            final byte[] end = outputs.bytes();
            final long length = graph.stream().mapToLong(Range::size).sum() + end.length;
            final byte[] head = new WireWriter().begin(GRAPH, length).bytes();
            final long size = model.modelParts().stream().mapToLong(Range::size).sum() + head.length + length;
            if (size > Integer.MAX_VALUE) {
                throw new OnnxFormatException("it has %,d bytes, but models may have 2 GB".formatted(size));
            }
            final var source = new WireSource(channel);
            final var target = ByteBuffer.allocateDirect((int)size);
            copy(source, model.modelParts(), target);
            target.put(head);
            copy(source, graph, target);
            return target.put(end).flip();
        }
    }

    private static void copy(final WireSource source, final List<Range> ranges, final ByteBuffer target) throws IOException {
        for (Range range : ranges) {
            final ByteBuffer piece = target.slice(target.position(), (int)range.size());
            source.copy(range.from(), piece);
            target.position(target.position() + (int)range.size());
        }
    }

    /** @return fields of the graph, in an order in which they may stand */
    private static List<Range> parts(final OnnxModel model, final Collection<String> tensors) {
        final Set<String> needed = new HashSet<>(tensors);
        final var ranges = new ArrayList<Range>();
        for (int i = model.nodes().size() - 1; i >= 0; i--) {
            final Node node = model.nodes().get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.inputs());
                needed.addAll(node.outer());
                ranges.add(0, node.range());
            }
        }
        model.initialisers().forEach((name, tensor) -> {
            if (needed.contains(name)) {
                ranges.add(tensor.range());
            }
        });
        model.inputs().forEach(input -> ranges.add(input.range()));
        ranges.addAll(model.graphParts());
        return ranges;
    }
}
