package org.spectralsignatures.nodes.networkreader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.data.filestore.FileStore;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.file.Dl4jModel;
import org.spectralsignatures.network.file.NetworkFile;
import org.spectralsignatures.network.file.NetworkKind;
import org.spectralsignatures.network.keras.KerasNetwork;
import org.spectralsignatures.network.onnx.OnnxInspection;
import org.spectralsignatures.network.onnx.OnnxOptions;
import org.spectralsignatures.nodes.port.NetworkPortObject;
import org.spectralsignatures.nodes.port.NetworkPortObjectSpec;
import org.spectralsignatures.storage.TemporaryFile;

/** A file of a network, as settings name it, and what is found in it. */
final class ReadNetwork {

    /** KNIME configures a node again and again: what was seen of so many files is kept. */
    private static final int KEPT = 8;

    private static final int COLOURS = 3;

    private static final Map<Key, OnnxInspection.Found> SEEN = new LinkedHashMap<>();

    /** A file as it is now, with what is told of it. */
    private record Key(Path file, Object identity, long size, long time, OnnxOptions options) {

        static Key of(final Path file, final OnnxOptions options) throws IOException {
            final var facts = Files.readAttributes(file, BasicFileAttributes.class);
            return new Key(file.toAbsolutePath().normalize(), facts.fileKey(), facts.size(), facts.lastModifiedTime().toMillis(), options);
        }
    }

    private final Path m_file;

    private final NetworkKind m_kind;

    private final NetworkReaderNodeParameters m_parameters;

    private final List<String> m_classes;

    /**
     * @param parameters name the file
     * @param labels classes of the connected table; empty without one
     */
    ReadNetwork(final NetworkReaderNodeParameters parameters, final List<String> labels) throws IOException {
        m_parameters = parameters;
        m_file = parameters.file();
        m_kind = NetworkKind.of(m_file);
        final List<String> told = parameters.classes();
        m_classes = told.isEmpty() ? labels : told;
        if (m_kind == NetworkKind.SAVED && parameters.saysMore()) {
            throw new IOException("'%s' is a network of the ResNet Learner, which knows its classes, layers and images: set 'File' alone and leave the other settings as they were."
                .formatted(m_file));
        }
        if (m_kind == NetworkKind.DL4J) {
            checkDl4j();
        }
        if (m_kind.isKeras() && parameters.m_layout != NetworkReaderNodeParameters.Order.GUESS) {
            throw new IOException("'%s' is a network of Keras, which says itself where the channels are: leave 'Layout of images' as it was.".formatted(m_file));
        }
    }

    /** Uses the file of a network in the ONNX format. */
    private interface Use<T> {
        T of(Path file) throws IOException, TaskCancelledException;
    }

    /** A network of Keras is translated into a temporary file before. */
    private <T> T onnx(final TaskMonitor monitor, final Use<T> use) throws IOException, TaskCancelledException {
        if (!m_kind.isKeras()) {
            return use.of(m_file);
        }
        try (var translated = TemporaryFile.named("keras")) {
            KerasNetwork.toOnnx(m_file, m_kind == NetworkKind.KERAS_ARCHIVE, m_parameters.m_height, m_parameters.m_width, translated.path(), monitor);
            return use.of(translated.path());
        }
    }

    private void checkDl4j() throws IOException {
        if (m_classes.isEmpty() || m_parameters.m_width == 0 || m_parameters.m_height == 0) {
            throw new IOException("'%s' is a model of Deeplearning4j, which does not tell its classes and the size of its images: set 'Class names', 'Width' and 'Height'."
                .formatted(m_file));
        }
        if (m_parameters.saysOnnx() || m_parameters.m_preparation != NetworkReaderNodeParameters.Preparation.FILE
            && m_parameters.m_preparation != NetworkReaderNodeParameters.Preparation.STANDARDISED) {
            throw new IOException(("'%s' is a model of Deeplearning4j, whose images are standardised one by one: set 'Class names', 'Width' and 'Height' alone, and leave the"
                + " other settings as they were.").formatted(m_file));
        }
    }

    /**
     * @param monitor cancellation
     * @return what is known of a network of ONNX or Keras; null of others, which are seen when they are read
     */
    OnnxInspection.Found inspect(final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (m_kind != NetworkKind.ONNX && !m_kind.isKeras()) {
            return null;
        }
        final Key key = Key.of(m_file, m_parameters.options(m_classes));
        synchronized (SEEN) {
            final OnnxInspection.Found seen = SEEN.get(key);
            if (seen != null) {
                return seen;
            }
            final OnnxInspection.Found found = onnx(monitor, file -> OnnxInspection.of(file, m_file, key.options(), monitor));
            if (SEEN.size() >= KEPT) {
                SEEN.remove(SEEN.keySet().iterator().next());
            }
            SEEN.put(key, found);
            return found;
        }
    }

    /** @return as above, where nobody cancels */
    OnnxInspection.Found inspect() throws IOException {
        try {
            return inspect(TaskMonitor.none());
        } catch (TaskCancelledException e) {
            throw new IllegalStateException("Nobody cancels this.", e);
        }
    }

    /** @return the network's port, as far as it is known before it is read */
    NetworkPortObjectSpec spec() throws IOException {
        final OnnxInspection.Found found = inspect();
        if (found != null) {
            return new NetworkPortObjectSpec(found.description(), found.reading());
        }
        try (TrainedNetwork network = load()) {
            return new NetworkPortObjectSpec(network.description());
        }
    }

    private TrainedNetwork load() throws IOException {
        if (m_kind == NetworkKind.DL4J) {
            return Dl4jModel.read(m_file, new ImageShape(COLOURS, m_parameters.m_height, m_parameters.m_width), m_classes);
        }
        final TrainedNetwork network = NetworkFile.load(m_file);
        final List<String> classes = network.description().classes();
        if (!m_classes.isEmpty() && !m_classes.equals(classes)) {
            network.close();
            throw new IOException("'%s' tells the classes %s apart, but the connected table lists %s.".formatted(m_file, ClassNames.join(classes), ClassNames.join(m_classes)));
        }
        return network;
    }

    /**
     * @param store receives the network
     * @param monitor cancellation
     * @return the network's port
     */
    NetworkPortObject read(final FileStore store, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final OnnxInspection.Found found = inspect(monitor);
        if (found != null) {
            return onnx(monitor, file -> NetworkPortObject.create(file, found.description(), found.reading(), store, monitor));
        }
        try (TrainedNetwork network = load()) {
            return NetworkPortObject.create(network, store);
        }
    }
}
