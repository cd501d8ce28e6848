package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.spectralsignatures.engine.Device;
import org.spectralsignatures.engine.Session;
import org.spectralsignatures.engine.TensorRuntimes;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.storage.FileSpace;

/** A network that somebody trained elsewhere and saved in the ONNX format. */
public final class OnnxNetwork implements RunnableNetwork {

    /** Behind the name of a tensor that is named as the images are here. */
    private static final String TENSOR = " (tensor)";

    private final NetworkDescription description;

    private final OnnxSession session;

    private OnnxNetwork(final NetworkDescription description, final OnnxSession session) {
        this.description = description;
        this.session = session;
    }

    /**
     * Opens a network that {@link OnnxInspection} has looked at; the file is read again when a layer is first asked for.
     *
     * @param file of the network; it must stay as it is while the network is open
     * @param description of the network
     * @param reading how it is run
     * @return the network, to be closed by the caller
     * @throws IOException if the file is no such network, or nothing is installed that runs it; the message names the file
     */
    public static OnnxNetwork open(final Path file, final NetworkDescription description, final OnnxReading reading) throws IOException {
        return open(file, description, reading, Device.AUTOMATIC);
    }

    /**
     * As above, with a wish where it is computed.
     *
     * @param file of the network; it must stay as it is while the network is open
     * @param description of the network
     * @param reading how it is run
     * @param wish of the user
     * @return the network, to be closed by the caller
     * @throws IOException if the file is no such network, or nothing is installed that runs it; the message names the file
     */
    public static OnnxNetwork open(final Path file, final NetworkDescription description, final OnnxReading reading, final Device wish) throws IOException {
        final OnnxModel model = read(file);
        final var graph = new OnnxGraph(model);
        final boolean known = model.outputs().stream().anyMatch(output -> output.name().equals(reading.output()))
            && graph.candidates().containsAll(description.layers().stream().filter(layer -> !layer.isInput()).map(layer -> tensor(layer.name())).toList());
        if (!known) {
            throw new IOException("'%s' holds another network than the one that was read. Read it again.".formatted(file));
        }
        return new OnnxNetwork(description, new OnnxSession(file, model, description, reading, TensorRuntimes.get(), wish));
    }

    /**
     * Copies the file of a network. Where values lie in other files, the copy has them in itself.
     *
     * @param file of the network
     * @param target to be created or replaced
     * @param monitor cancellation
     * @throws IOException if the file is no such network or cannot be copied; the message names it
     * @throws TaskCancelledException if the monitor said so
     */
    public static void copy(final Path file, final Path target, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final OnnxModel model = read(file);
        try {
            write(model.isSpread() ? OnnxExtract.whole(file, model, model.metadata()) : all(file, model), target, monitor);
        } catch (OnnxFormatException e) {
            throw new IOException("'%s' cannot be copied: %s.".formatted(file, sentence(e)), e);
        }
    }

    /**
     * As {@link #copy}, with notes of how the network is run and what its classes are called, so that it is read in the same way again without being told.
     *
     * @param file of the network
     * @param description of the network
     * @param reading how it is run
     * @param target to be created or replaced
     * @param monitor cancellation
     * @throws IOException if the file is no such network or cannot be copied; the message names it
     * @throws TaskCancelledException if the monitor said so
     */
    public static void write(final Path file, final NetworkDescription description, final OnnxReading reading, final Path target, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final OnnxModel model = read(file);
        final Map<String, String> ours = OnnxNotes.of(description, reading);
        final Map<String, String> added = new LinkedHashMap<>(ours);
        added.keySet().removeAll(model.metadata().keySet());
        final boolean stale = model.metadata().entrySet().stream().anyMatch(note -> note.getKey().startsWith(OnnxNotes.OURS) && !note.getValue().equals(ours.get(note.getKey())));
        try {
            write(model.isSpread() || stale ? OnnxExtract.whole(file, model, OnnxNotes.beside(model.metadata(), ours))
                : all(file, model).bytes(OnnxNotes.fields(added)), target, monitor);
        } catch (OnnxFormatException e) {
            throw new IOException("'%s' cannot be copied: %s.".formatted(file, sentence(e)), e);
        }
    }

    private static OnnxPieces all(final Path file, final OnnxModel model) {
        return new OnnxPieces(file).range(new OnnxModel.Range(0, model.size()));
    }

    private static void write(final OnnxPieces whole, final Path target, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        whole.checkSize();
        FileSpace.check(target, whole.size());
        whole.write(target, monitor);
    }

    private static OnnxModel read(final Path file) throws IOException {
        return read(file, file);
    }

    /** @return what the file holds; messages name it as it is shown */
    static OnnxModel read(final Path file, final Path shown) throws IOException {
        try {
            return OnnxReader.read(file);
        } catch (OnnxFormatException e) {
            throw new IOException("'%s' holds no network in the ONNX format that can be read: %s.".formatted(shown, sentence(e)), e);
        }
    }

    /** @return an exception's message without a full stop */
    static String sentence(final Exception e) {
        final String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage().strip();
        return message.replaceAll("\\.+$", "");
    }

    /**
     * @param layer whose activations this network gave before
     * @return whether its tensor holds them channel by channel, not place by place
     */
    public boolean isInPlanes(final LayerInfo layer) {
        return session.isInPlanes(tensor(layer.name()));
    }

    static String layer(final String tensor) {
        return tensor.equals(LayerInfo.INPUT) ? tensor + TENSOR : tensor;
    }

    static String tensor(final String layer) {
        return layer.equals(LayerInfo.INPUT + TENSOR) ? LayerInfo.INPUT : layer;
    }

    @Override
    public NetworkDescription description() {
        return description;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
