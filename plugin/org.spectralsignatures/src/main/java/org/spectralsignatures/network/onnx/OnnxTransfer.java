package org.spectralsignatures.network.onnx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.spectralsignatures.network.DenseHead;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.TrainingFacts;
import org.spectralsignatures.network.onnx.OnnxModel.Node;
import org.spectralsignatures.network.onnx.OnnxModel.Range;

/**
 * Puts a small classifier behind a layer of a network in the ONNX format: the graph up to the layer, as it stands in the file, with those of an {@link OnnxHead} behind
 * it, as one file.
 */
public final class OnnxTransfer {

    /** Earliest version of ONNX's operators in which what is added means what it does here. */
    static final int OPSET = 7;

    private static final int GRAPH = 7;

    private static final String NAME = "head";

    private static final String COUNT = "n";

    private final Path file;

    private final NetworkDescription body;

    private final OnnxReading reading;

    private final OnnxModel model;

    private final LayerInfo layer;

    private final String tensor;

    private final String prefix;

    private final OnnxGraphWriter graph = new OnnxGraphWriter();

    /**
     * What was made.
     *
     * @param description of the network
     * @param reading how it is run
     */
    public record Made(NetworkDescription description, OnnxReading reading) {
    }

    private OnnxTransfer(final Path file, final NetworkDescription body, final OnnxReading reading, final LayerInfo layer) throws IOException {
        this.file = file;
        this.body = body;
        this.reading = reading;
        this.layer = layer;
        tensor = OnnxNetwork.tensor(layer.name());
        model = OnnxNetwork.read(file, file);
        if (model.isSpread()) {
            throw new OnnxFormatException("some of its values lie in other files: copy it into one first, as the Network Reader does");
        }
        if (model.opset() < OPSET) {
            throw new OnnxFormatException("its operators are those of opset %d, but a classifier can be put behind layers of networks of opset %d or later: export it again"
                .formatted(model.opset(), OPSET));
        }
        prefix = prefix(model);
    }

    /** A name that begins no other one in the model. */
    private static String prefix(final OnnxModel model) {
        final Set<String> names = new HashSet<>(model.initialisers().keySet());
        model.inputs().forEach(input -> names.add(input.name()));
        model.nodes().forEach(node -> {
            names.addAll(node.outputs());
            names.add(node.name());
        });
        String prefix = NAME;
        for (int i = 2; startsAny(names, prefix); i++) {
            prefix = NAME + i;
        }
        return prefix + "_";
    }

    private static boolean startsAny(final Set<String> names, final String prefix) {
        return names.stream().anyMatch(name -> name.startsWith(prefix + "_"));
    }

    /**
     * Checks, without reading the network, that a classifier can be put behind a layer.
     *
     * @param body description of the network
     * @param name of a layer; empty for the default one
     * @return the layer
     * @throws IllegalArgumentException if it is the images themselves
     * @throws java.util.NoSuchElementException if there is no such layer
     */
    public static LayerInfo layer(final NetworkDescription body, final String name) {
        final LayerInfo layer = body.layer(name);
        if (layer.isInput()) {
            throw new IllegalArgumentException("The layer '%s' is the images themselves, in which no network has a part. Choose a layer of the network, such as '%s'."
                .formatted(layer.name(), body.layers().get(body.layers().size() - 1).name()));
        }
        return layer;
    }

    /**
     * What is known of the network before it is made.
     *
     * @param body description of the network
     * @param reading how it is run
     * @param layer of it, see {@link #layer}
     * @param average whether the classifier takes the average over the positions of each channel, not all values
     * @param hidden units of the classifier's hidden layer, 0 for none
     * @param classes that it tells apart
     * @return the network, with the names of layers that they get where the body has no tensors of such names, without provenance
     */
    public static Made expected(final NetworkDescription body, final OnnxReading reading, final LayerInfo layer, final boolean average, final int hidden,
        final List<String> classes) {
        return new Made(describe(body, layer, body.layers(), NAME + "_", average, hidden, classes, Map.of(), null), reading(NAME + "_" + OnnxHead.OUTPUT, reading));
    }

    private static OnnxReading reading(final String output, final OnnxReading body) {
        return new OnnxReading(output, true, body.layout(), body.order(), body.batch());
    }

    private static NetworkDescription describe(final NetworkDescription body, final LayerInfo layer, final List<LayerInfo> before, final String prefix, // NOSONAR
        final boolean average, final int hidden, final List<String> classes, final Map<String, String> provenance, final TrainingFacts training) {
        final var layers = new ArrayList<LayerInfo>();
        for (LayerInfo info : before) {
            layers.add(info);
            if (info.equals(layer)) {
                break;
            }
        }
        if (average && layer.height() * layer.width() > 1) {
            layers.add(new LayerInfo(prefix + OnnxHead.AVERAGE, layer.channels(), 1, 1));
        }
        if (hidden > 0) {
            layers.add(new LayerInfo(prefix + OnnxHead.HIDDEN, hidden, 1, 1));
        }
        return new NetworkDescription(body.shape(), classes, List.copyOf(layers), layers.get(layers.size() - 1).name(), provenance, training, body.preparation());
    }

    /**
     * Writes the network.
     *
     * @param body file of the network, which stays as it is
     * @param description of it
     * @param reading how it is run
     * @param layer of it, see {@link #layer}
     * @param planes whether the layer's tensor holds its values channel by channel, see {@link OnnxNetwork#isInPlanes}
     * @param average whether the classifier takes the average over the positions of each channel, not all values
     * @param head takes the layer's values as {@link org.spectralsignatures.representation.ActivationExtractor} gives them
     * @param classes names of the head's outputs
     * @param provenance how the network was made
     * @param training how the training went
     * @param target file to be created or replaced, which is not complete before the call returns
     * @return the network that is in it
     * @throws IOException if the body cannot be read, or the file not be written; the message names it
     */
    public static Made write(final Path body, final NetworkDescription description, final OnnxReading reading, final LayerInfo layer, final boolean planes, // NOSONAR
        final boolean average, final DenseHead head, final List<String> classes, final Map<String, String> provenance, final TrainingFacts training,
        final Path target) throws IOException {
        try {
            return new OnnxTransfer(body, description, reading, layer).write(planes, average, head, classes, provenance, training, target);
        } catch (OnnxFormatException e) {
            throw new IOException("No classifier can be put behind a layer of '%s': %s.".formatted(body, OnnxNetwork.sentence(e)), e);
        }
    }

    private Made write(final boolean planes, final boolean average, final DenseHead head, final List<String> classes, final Map<String, String> provenance, // NOSONAR
        final TrainingFacts training, final Path target) throws IOException {
        final Set<String> kept = needed();
        final List<LayerInfo> before = body.layers().stream().filter(info -> info.isInput() || kept.contains(OnnxNetwork.tensor(info.name()))).toList();
        final int hidden = head.layers().size() > 1 ? head.layers().get(0).outputs() : 0;
        final NetworkDescription made = describe(body, layer, before, prefix, average, hidden, classes, provenance, training);
        final String output = new OnnxHead(graph, prefix).add(tensor, layer, planes, average, head);
        graph.output(output, COUNT, head.classes());
        final var result = new Made(made, reading(output, reading));
        save(result, target);
        return result;
    }

    private void save(final Made made, final Path target) throws IOException {
        try (var source = FileChannel.open(file, StandardOpenOption.READ); var out = new BufferedOutputStream(Files.newOutputStream(target))) {
            if (source.size() != model.size()) {
                throw new OnnxFormatException("it was changed while it was used");
            }
            final List<Range> parts = parts();
            final long size = parts.stream().mapToLong(Range::size).sum() + graph.fields();
            if (size > Integer.MAX_VALUE) {
                throw new OnnxFormatException("with a classifier it has %,d bytes, but models may have 2 GB".formatted(size));
            }
            copy(source, model.modelParts(), out);
            out.write(new WireWriter().begin(GRAPH, size).bytes());
            copy(source, parts, out);
            graph.writeFields(out);
            out.write(OnnxNotes.fields(OnnxNotes.beside(model.metadata(), OnnxNotes.of(made.description(), made.reading()))));
        }
    }

    /** @return the layer's tensor and all that are needed to compute it */
    private Set<String> needed() {
        final Set<String> needed = new HashSet<>(Set.of(tensor));
        for (int i = model.nodes().size() - 1; i >= 0; i--) {
            final Node node = model.nodes().get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.inputs());
                needed.addAll(node.outer());
            }
        }
        return needed;
    }

    /** @return the fields of the body's graph that the layer hangs on, in an order in which they may stand */
    private List<Range> parts() {
        final Set<String> needed = needed();
        final var parts = new ArrayList<Range>();
        model.nodes().stream().filter(node -> node.outputs().stream().anyMatch(needed::contains)).forEach(node -> parts.add(node.range()));
        model.initialisers().forEach((name, values) -> {
            if (needed.contains(name)) {
                parts.add(values.range());
            }
        });
        model.inputs().forEach(input -> parts.add(input.range()));
        parts.addAll(model.graphParts());
        return parts;
    }

    private static void copy(final FileChannel source, final List<Range> ranges, final OutputStream out) throws IOException {
        final WritableByteChannel target = Channels.newChannel(out);
        for (Range range : ranges) {
            for (long at = range.from(); at < range.to();) {
                final long count = source.transferTo(at, range.to() - at, target);
                if (count <= 0) {
                    throw new OnnxFormatException("it was cut off while it was read");
                }
                at += count;
            }
        }
    }
}
