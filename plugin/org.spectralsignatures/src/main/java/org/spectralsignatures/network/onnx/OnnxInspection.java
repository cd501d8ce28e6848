package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.spectralsignatures.engine.Device;
import org.spectralsignatures.engine.TensorModel;
import org.spectralsignatures.engine.TensorRuntimes;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.onnx.OnnxModel.Value;

/**
 * Looks at a network in the ONNX format: what images it takes, which of its tensors serve as layers, and which output tells the classes. The
 * shapes of the tensors are those of a run with images of noise.
 */
public final class OnnxInspection {

    /** Fewest values of a layer. */
    private static final int FEWEST_VALUES = 2;

    private static final int MATRIX = 2;

    private static final int SEQUENCE = 3;

    private static final int PLANES = 4;

    /** Images of the trial run where any number can be computed: two, since the number is then seen in the shapes. */
    private static final int SEVERAL = 2;

    /**
     * What was found.
     *
     * @param description of the network
     * @param reading how it is run
     * @param notes doubts that the user should know of, as sentences
     */
    public record Found(NetworkDescription description, OnnxReading reading, List<String> notes) {
    }

    private final Path file;

    /** What the user calls the file. */
    private final Path shown;

    private final OnnxOptions options;

    private final OnnxModel model;

    private final OnnxGraph graph;

    private final List<String> notes = new ArrayList<>();

    private final TaskMonitor monitor;

    private OnnxInspection(final Path file, final Path shown, final OnnxOptions options, final TaskMonitor monitor) throws IOException {
        this.file = file;
        this.shown = shown;
        this.monitor = monitor;
        model = OnnxNetwork.read(file, shown);
        this.options = OnnxNotes.complete(options, model.metadata());
        graph = new OnnxGraph(model);
    }

    /**
     * @param file of a network, from whomever
     * @param options what the file does not say
     * @return what is known of it
     * @throws IOException if it is no network that can be run here, or the options do not fit it; the message names the file and what to do
     */
    public static Found of(final Path file, final OnnxOptions options) throws IOException {
        try {
            return of(file, file, options, TaskMonitor.none());
        } catch (TaskCancelledException e) {
            throw new IllegalStateException("Nobody cancels this.", e);
        }
    }

    /**
     * As above, for a copy or translation of a file, and with a run that can be stopped.
     *
     * @param file of a network, from whomever
     * @param shown what the user calls it
     * @param options what the file does not say
     * @param monitor cancellation
     * @return what is known of it
     * @throws IOException if it is no network that can be run here, or the options do not fit it; the message names the file and what to do
     * @throws TaskCancelledException if the monitor said so
     */
    public static Found of(final Path file, final Path shown, final OnnxOptions options, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        try {
            return new OnnxInspection(file, shown, options, monitor).found();
        } catch (OnnxFormatException e) {
            throw new IOException("'%s' cannot be used as a network: %s.".formatted(shown, OnnxNetwork.sentence(e)), e);
        } catch (ArithmeticException | OutOfMemoryError e) { // NOSONAR the sizes are those that a file claims
            throw new IOException("'%s' needs more memory than there is to be run once. Give Java more with the option -Xmx, which also bounds what lies outside of its heap."
                .formatted(shown), e);
        }
    }

    private Found found() throws IOException, TaskCancelledException {
        final OnnxInput input = OnnxInput.of(graph.input(), options);
        final ImagePreparation preparation = preparation();
        final Probe probe = probe(input, preparation);
        final String output = output(probe);
        final boolean probabilities = probabilities(output);
        final int classes = Math.toIntExact(perImage(probe.shapes.get(output)));
        final var reading = new OnnxReading(output, probabilities, input.layout(), input.order(), probe.fixed);
        final List<LayerInfo> layers = layers(input.shape(), probe, graph.layouts(input.layout()));
        final var description = new NetworkDescription(input.shape(), classes(classes), layers, defaultLayer(output, layers), provenance(preparation), null,
            preparation);
        return new Found(description, reading, List.copyOf(notes));
    }

    private ImagePreparation preparation() {
        if (options.preparation() != null) {
            return options.preparation();
        }
        notes.add("The file does not say how images were prepared for the network, and values from 0 to 1 are taken. Set 'Preparation of images' to that of its"
            + " training: with another one its answers are wrong.");
        return ImagePreparation.SHARES;
    }

    /**
     * A run with noise.
     *
     * @param fixed images that the network takes at a time, 0 for any number
     * @param count images of the run
     * @param shapes of the tensors that are numbers
     */
    private record Probe(int fixed, int count, Map<String, long[]> shapes) {
    }

    private Probe probe(final OnnxInput input, final ImagePreparation preparation) throws IOException, TaskCancelledException {
        final var tensors = new LinkedHashSet<>(graph.candidates());
        model.outputs().forEach(output -> tensors.add(output.name()));
        try (TensorModel opened = TensorRuntimes.get().open(OnnxExtract.of(file, model, tensors), Device.CPU)) {
            if (input.batch() > 0) {
                return new Probe(input.batch(), input.batch(), run(opened, input, preparation, input.batch()));
            }
            try {
                return new Probe(0, SEVERAL, run(opened, input, preparation, SEVERAL));
            } catch (IllegalStateException e) { // it says that it takes any number, but was traced with one
                monitor.checkCancelled();
                return new Probe(1, 1, run(opened, input, preparation, 1));
            }
        } catch (OnnxFormatException e) {
            throw e;
        } catch (IOException | IllegalStateException e) {
            monitor.checkCancelled();
            throw new IOException("'%s' cannot be run with images of %s: %s.".formatted(shown, input.shape().describe(), OnnxNetwork.sentence(e)), e);
        }
    }

    private Map<String, long[]> run(final TensorModel opened, final OnnxInput input, final ImagePreparation preparation, final int count) {
        final var reading = new OnnxReading("", true, input.layout(), input.order(), count);
        final Map<String, long[]> shapes = new LinkedHashMap<>();
        try (var images = new OnnxImages(count, input.shape(), preparation, reading)) {
            final var random = new Random(1);
            final var pixels = new byte[input.shape().size()];
            for (int i = 0; i < count; i++) {
                random.nextBytes(pixels);
                images.image(i, pixels);
            }
            StoppableRun.of(opened, monitor::isCancelled, () -> opened.run(images.from(0, count), images.sides(count), (name, shape, values) -> shapes.put(name, shape)));
        }
        return shapes;
    }

    private static long perImage(final long[] shape) {
        long values = 1;
        for (int i = 1; i < shape.length; i++) {
            values = Math.multiplyExact(values, shape[i]);
        }
        return values;
    }

    private List<LayerInfo> layers(final ImageShape images, final Probe probe, final Map<String, Layout> layouts) {
        final var layers = new ArrayList<LayerInfo>();
        layers.add(new LayerInfo(LayerInfo.INPUT, images.channels(), images.height(), images.width()));
        for (String tensor : graph.candidates()) {
            final long[] shape = probe.shapes.get(tensor);
            if (shape != null && shape.length >= MATRIX && shape[0] == probe.count && perImage(shape) >= FEWEST_VALUES) {
                layers.add(layer(OnnxNetwork.layer(tensor), shape, layouts.get(tensor)));
            }
        }
        return List.copyOf(layers);
    }

    private static LayerInfo layer(final String name, final long[] shape, final Layout layout) {
        if (shape.length == SEQUENCE) {
            return new LayerInfo(name, (int)shape[2], (int)shape[1], 1);
        }
        if (shape.length == PLANES) {
            return layout == Layout.NHWC ? new LayerInfo(name, (int)shape[3], (int)shape[1], (int)shape[2])
                : new LayerInfo(name, (int)shape[1], (int)shape[2], (int)shape[3]);
        }
        return new LayerInfo(name, Math.toIntExact(perImage(shape)), 1, 1);
    }

    private String output(final Probe probe) throws OnnxFormatException {
        final List<String> all = model.outputs().stream().map(Value::name).toList();
        final List<String> usable = all.stream().filter(name -> {
            final long[] shape = probe.shapes.get(name);
            return shape != null && shape.length >= MATRIX && shape[0] == probe.count && perImage(shape) >= FEWEST_VALUES && perImage(shape) == shape[1];
        }).toList();
        final String wanted = options.output();
        if (!wanted.isBlank()) {
            if (!usable.contains(wanted)) {
                throw new OnnxFormatException("it has no output '%s' with a value for each class; set 'Output' to one of: %s".formatted(wanted,
                    OnnxText.shown(String.join(", ", usable))));
            }
            return wanted;
        }
        if (usable.isEmpty()) {
            throw new OnnxFormatException("none of its outputs (%s) has a value for each of two classes or more: it is no classifier of images"
                .formatted(OnnxText.shown(String.join(", ", all))));
        }
        if (usable.size() > 1) {
            throw new OnnxFormatException("several of its outputs may tell the classes; set 'Output' to one of: %s"
                .formatted(OnnxText.shown(String.join(", ", usable))));
        }
        return usable.get(0);
    }

    private boolean probabilities(final String output) throws OnnxFormatException {
        if (options.outputs() != OnnxOptions.Outputs.GUESS) {
            return options.outputs() == OnnxOptions.Outputs.PROBABILITIES;
        }
        if (graph.isSigmoid(output)) {
            throw new OnnxFormatException(("its output '%s' comes from a sigmoid, which tells each class by itself; if only one of them can be true, set 'Values of the"
                + " output' to Logits or Probabilities").formatted(OnnxText.shown(output)));
        }
        return graph.isSoftmax(output);
    }

    private List<String> classes(final int count) throws OnnxFormatException {
        final List<String> told = options.classes().isEmpty() ? OnnxNotes.classes(model.metadata(), count) : options.classes();
        if (told.isEmpty()) {
            notes.add("The classes are named by their numbers, 0 to %d. Tell their names if images are labelled by names.".formatted(count - 1));
            return OnnxNotes.numbers(count);
        }
        if (told.size() != count) {
            throw new OnnxFormatException("it tells %d classes apart, but %d names of classes are given (%s)".formatted(count, told.size(),
                OnnxText.shown(String.join(", ", told))));
        }
        if (told.stream().distinct().count() < count) {
            throw new OnnxFormatException("two of the names of classes are the same: " + OnnxText.shown(String.join(", ", told)));
        }
        return told;
    }

    private String defaultLayer(final String output, final List<LayerInfo> layers) throws OnnxFormatException {
        final List<String> names = layers.stream().map(LayerInfo::name).toList();
        if (!options.defaultLayer().isBlank()) {
            if (!names.contains(options.defaultLayer())) {
                throw new OnnxFormatException("it has no layer '%s'; choose one of: %s".formatted(options.defaultLayer(), String.join(", ", names)));
            }
            return options.defaultLayer();
        }
        final String noted = model.metadata().get(OnnxNotes.DEFAULT_LAYER);
        if (names.contains(noted)) {
            return noted;
        }
        final String taken = graph.representation(output);
        final String layer = taken == null ? null : OnnxNetwork.layer(graph.listed(taken));
        return names.contains(layer) ? layer : names.get(names.size() - 1);
    }

    private Map<String, String> provenance(final ImagePreparation preparation) {
        final Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("architecture", "ONNX network%s, opset %d, %d operations".formatted(
            model.producer().isEmpty() ? "" : " of " + OnnxText.shown(model.producer()), model.opset(), model.nodes().size()));
        provenance.put("file", shown.getFileName().toString());
        provenance.put(OnnxNotes.SAID, preparation.describe() + (options.preparation() == null ? OnnxNotes.GUESSED : ""));
        return provenance;
    }
}
