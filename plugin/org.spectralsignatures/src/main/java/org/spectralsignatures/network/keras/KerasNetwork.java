package org.spectralsignatures.network.keras;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.onnx.OnnxNotes;
import org.spectralsignatures.storage.FileSpace;

/**
 * Networks that Keras saved, as ONNX files: what {@code model.save} of Keras 2 and 3 writes, {@code .h5} and {@code .keras}. The translation takes images
 * {@code [n, c, h, w]}; layers keep their names, those of a network in a layer stand behind its name and a slash.
 */
public final class KerasNetwork {

    private static final int COLOURS = 3;

    /** Of bytes from 0 to 255 a network makes something smaller. */
    private static final double SMALLER = 1. / 64;

    private KerasNetwork() {
    }

    /**
     * Translates a network.
     *
     * @param file that Keras wrote, or somebody who says so
     * @param archive whether it is a {@code .keras} file, else it is HDF5
     * @param height of images where the file leaves it open, else 0
     * @param width of images where the file leaves it open, else 0
     * @param target to be created or replaced
     * @param monitor cancellation
     * @throws IOException if it is no network that can be translated; the message names the file and the layer, and says what to do
     * @throws TaskCancelledException if the monitor said so
     */
    public static void toOnnx(final Path file, final boolean archive, final int height, final int width, final Path target, final TaskMonitor monitor) // NOSONAR
        throws IOException, TaskCancelledException {
        FileSpace.check(target, Files.size(file));
        try (KerasFile opened = archive ? KerasFile.archive(file, monitor) : KerasFile.hdf5(file)) {
            final KerasModel model = KerasModel.parse(opened.model());
            final var graph = new KerasGraph();
            final KerasTensor images = images(model, graph, height, width);
            final var translation = new KerasTranslation(graph, !opened.version().startsWith("2.") && !opened.version().startsWith("1."));
            final List<KerasTensor> outputs = translation.model(model, "", List.of(images), opened.weights(model));
            final Set<String> given = new LinkedHashSet<>();
            for (KerasTensor output : outputs) {
                if (given.add(output.name())) {
                    graph.writer().output(output.name(), "n", output.shape().sides());
                }
            }
            write(graph, opened.version(), notes(model), target, monitor);
        } catch (ZipException e) {
            throw new IOException("'%s' is no network of Keras that can be read: it is damaged (%s).".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw new IOException("'%s' is no network of Keras that can be read: %s.".formatted(file, String.valueOf(e.getMessage()).replaceAll("\\.+$", "")), e);
        } catch (IllegalArgumentException | ArithmeticException e) { // what the file says makes no sense
            throw new IOException("'%s' is no network of Keras that can be read: its sizes do not fit (%s).".formatted(file, e.getMessage()), e);
        } catch (OutOfMemoryError e) { // NOSONAR the sizes are those that a file claims
            throw new IOException("'%s' needs more memory than there is to be translated. Give Java more with the option -Xmx, which also bounds what lies outside of its heap."
                .formatted(file), e);
        }
    }

    private static void write(final KerasGraph graph, final String version, final Map<String, String> notes, final Path target, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        try (OutputStream out = new BufferedOutputStream(new StoppableOutput(Files.newOutputStream(target), monitor), 1 << 16)) {
            graph.writer().write("Keras", version, notes, out);
        } catch (StoppableOutput.Stopped e) {
            monitor.checkCancelled();
            throw e;
        }
    }

    private static KerasTensor images(final KerasModel model, final KerasGraph graph, final int height, final int width) throws KerasException {
        final KerasLayer first = first(model);
        Object shape = null;
        for (String name : List.of("batch_shape", "batch_input_shape")) {
            shape = shape == null ? first.settings().get(name) : shape;
        }
        if (!(shape instanceof List<?> sides) || sides.size() != 4) {
            throw first.settings().wrong("says of the images that it takes %s, but four sides are needed: their number, height, width and channels. Call the network once before it"
                .formatted(KerasException.shown(shape)) + " is saved");
        }
        final int channels = side(first, "channels", sides.get(3), 0);
        if (channels != 1 && channels != COLOURS) {
            throw first.settings().wrong("takes %d channels, but images have 3, or 1 if they are gray".formatted(channels));
        }
        final var taken = KerasShape.planes(channels, side(first, "height", sides.get(1), height), side(first, "width", sides.get(2), width));
        graph.writer().input(first.name(), "n", taken.sides());
        return new KerasTensor(first.name(), taken);
    }

    /** @return the layer that images come in by */
    private static KerasLayer first(final KerasModel model) throws KerasException {
        KerasLayer first = model.layers().get(0);
        if (!model.sequence()) {
            if (model.inputs().size() != 1) {
                throw new KerasException("it takes %d inputs, but a network that is read here takes images and nothing else".formatted(model.inputs().size()));
            }
            final String name = model.inputs().get(0).layer();
            first = model.layers().stream().filter(layer -> layer.name().equals(name)).findFirst().orElse(null);
            if (first == null) {
                throw new KerasException("it has no layer '%s', by which images come in".formatted(KerasException.shown(name)));
            }
        }
        return first.model() == null || first.settings().has("batch_input_shape") ? first : first(first.model());
    }

    private static int side(final KerasLayer layer, final String what, final Object told, final int wanted) throws KerasException {
        if (told == null && wanted > 0) {
            return wanted;
        }
        if (!(told instanceof Integer side) || side < 1 || side > 4096) {
            throw layer.settings().wrong(told == null ? "leaves the %s of images open: set 'Width' and 'Height' to those it was trained on".formatted(what)
                : "takes images of %s %s".formatted(KerasException.shown(told), what));
        }
        return side;
    }

    /** A network that makes bytes smaller itself takes them as they are. */
    private static Map<String, String> notes(final KerasModel model) throws KerasException {
        final Map<String, String> notes = new LinkedHashMap<>();
        for (KerasLayer layer : model.layers()) {
            if (layer.type().equals("Rescaling") && layer.settings().has("scale") && layer.settings().reals("scale").stream().allMatch(scale -> Math.abs(scale) <= SMALLER)) {
                notes.put(OnnxNotes.PREPARATION, OnnxNotes.RAW);
            }
            if (!layer.type().equals("InputLayer") && !layer.type().startsWith("Random")) {
                break;
            }
        }
        return notes;
    }
}
