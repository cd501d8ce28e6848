package org.spectralsignatures.network.keras;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.spectralsignatures.hdf5.Hdf5File;
import org.spectralsignatures.hdf5.Hdf5Group;
import org.spectralsignatures.json.JsonParser;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.storage.TemporaryFile;

/**
 * What a file of Keras holds: its layers as JSON, and its weights, which are read from the file when they are asked for. An HDF5 file has both; a
 * {@code .keras} file is a zip of {@code config.json}, {@code metadata.json} and {@code model.weights.h5}, the last of which is copied into a temporary file.
 */
final class KerasFile implements AutoCloseable {

    static final String CONFIG = "config.json";

    static final String METADATA = "metadata.json";

    static final String WEIGHTS = "model.weights.h5";

    private static final int MOST_TEXT = 1 << 26;

    /** Trained values hardly get smaller by compression. */
    private static final int MOST_RATIO = 20;

    private static final int CHUNK = 1 << 20;

    private static final int END = 0x06054b50;

    private static final int END_BYTES = 22;

    private static final int MOST_DIRECTORY = 1 << 16;

    private final Hdf5File weights;

    private final TemporaryFile copy;

    private final Object model;

    private final String version;

    private KerasFile(final Hdf5File weights, final TemporaryFile copy, final Object model, final String version) {
        this.weights = weights;
        this.copy = copy;
        this.model = model;
        this.version = version;
    }

    /**
     * @param file of a network
     * @return what it holds, to be closed
     * @throws IOException if it is none of these; the message does not name the file
     */
    static KerasFile hdf5(final Path file) throws IOException {
        final Hdf5File opened = Hdf5File.open(file);
        boolean complete = false;
        try {
            final String json = opened.root().text("model_config");
            if (json == null) {
                throw new KerasException("it has no network (model_config), only weights or something else: save the whole network, in Python with model.save('network.keras')");
            }
            final String version = opened.root().text("keras_version");
            final var result = new KerasFile(opened, null, new JsonParser("model_config", json).parse(), version == null ? "" : version);
            complete = true;
            return result;
        } finally {
            if (!complete) {
                opened.close();
            }
        }
    }

    /**
     * @param file of a network
     * @param monitor cancellation
     * @return what it holds, to be closed
     * @throws IOException if it is none of these; the message does not name the file
     * @throws TaskCancelledException if the monitor said so
     */
    static KerasFile archive(final Path file, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        checkDirectory(file);
        try (var zip = new ZipFile(file.toFile())) {
            final Object model = new JsonParser(CONFIG, text(zip, CONFIG)).parse();
            final String version = new JsonParser(METADATA, text(zip, METADATA)).parse() instanceof Map<?, ?> map && map.get("keras_version") instanceof String text ? text : "";
            final var copy = TemporaryFile.create("keras");
            boolean complete = false;
            try {
                copy(zip, copy, monitor);
                final var result = new KerasFile(Hdf5File.of(copy.channel()), copy, model, version);
                complete = true;
                return result;
            } finally {
                if (!complete) {
                    copy.close();
                }
            }
        }
    }

    /** {@link ZipFile} reads the directory whole into memory. */
    private static void checkDirectory(final Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final var end = ByteBuffer.allocate(END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            while (channel.size() >= END_BYTES && end.hasRemaining() && channel.read(end, channel.size() - END_BYTES + end.position()) > 0) {
                // all of it
            }
            if (end.hasRemaining() || end.getInt(0) != END || Integer.toUnsignedLong(end.getInt(12)) > MOST_DIRECTORY) {
                throw new KerasException("it is cut off, something was added to it, or it has more than a few entries");
            }
        }
    }

    private static ZipEntry entry(final ZipFile zip, final String name) throws KerasException {
        final ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new KerasException("it has no entry '%s'".formatted(name) + (name.equals(WEIGHTS) ? ": weights in several files (shards) are not read" : ""));
        }
        return entry;
    }

    private static String text(final ZipFile zip, final String name) throws IOException {
        try (InputStream in = zip.getInputStream(entry(zip, name))) {
            final byte[] bytes = in.readNBytes(MOST_TEXT + 1);
            if (bytes.length > MOST_TEXT) {
                throw new KerasException("%s has more than %d bytes".formatted(name, MOST_TEXT));
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new KerasException(name + " is no text in UTF-8");
        }
    }

    private static void copy(final ZipFile zip, final TemporaryFile target, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final ZipEntry entry = entry(zip, WEIGHTS);
        final long most = Math.max(CHUNK, Math.multiplyExact(Math.max(0, entry.getCompressedSize()), MOST_RATIO));
        try (InputStream in = new BufferedInputStream(zip.getInputStream(entry), CHUNK)) {
            long size = 0;
            for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                monitor.checkCancelled();
                size += chunk.length;
                if (size > most) {
                    throw new KerasException("%s unpacks to more than %d times its size, as no trained network's values do".formatted(WEIGHTS, MOST_RATIO));
                }
                final var bytes = ByteBuffer.wrap(chunk);
                while (bytes.hasRemaining()) {
                    target.channel().write(bytes);
                }
            }
        }
    }

    /** @return JSON of the network, a tree */
    Object model() {
        return model;
    }

    /** @return version of Keras that wrote it, empty if it does not say */
    String version() {
        return version;
    }

    /**
     * @param layers of the network
     * @return its weights
     */
    KerasWeights weights(final KerasModel layers) throws IOException {
        if (copy != null) {
            return new ArchiveWeights(layers, weights.root());
        }
        final Hdf5Group group = weights.root().group("model_weights");
        if (group == null) {
            throw new KerasException("it has no group 'model_weights'");
        }
        return new NamedWeights(group);
    }

    @Override
    public void close() throws IOException {
        weights.close();
        if (copy != null) {
            copy.close();
        }
    }
}
