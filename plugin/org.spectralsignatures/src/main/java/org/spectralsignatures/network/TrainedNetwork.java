package org.spectralsignatures.network;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * A trained classifier with what is known of it. On disk it is one zip file: DL4J's own model format, so that DL4J's
 * {@code ModelSerializer} reads it too, and a {@code description.json} beside it. One thread at a time may use it.
 */
public final class TrainedNetwork implements AutoCloseable {

    private static final String CONFIGURATION = "configuration.json";

    private static final String COEFFICIENTS = "coefficients.bin";

    private static final String DESCRIPTION = "description.json";

    private final ComputationGraph graph;

    private final NetworkDescription description;

    /**
     * @param graph an initialised network; owned by this object from now on
     * @param description what is known of it
     */
    public TrainedNetwork(final ComputationGraph graph, final NetworkDescription description) {
        this.graph = graph;
        this.description = description;
    }

    /** @return what is known of the network */
    public NetworkDescription description() {
        return description;
    }

    /** @return number of its parameters */
    public long parameters() {
        return graph.numParams();
    }

    /** @return the network itself */
    public ComputationGraph graph() {
        return graph;
    }

    /**
     * Writes the network into one file, which appears only when it is complete.
     *
     * @param file to be created or replaced
     * @throws IOException if it cannot be written
     */
    public void save(final Path file) throws IOException {
        final Path partial = file.resolveSibling(file.getFileName() + ".part");
        try (var scope = Backend.enter()) {
            try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)))) {
                text(zip, CONFIGURATION, graph.getConfiguration().toJson());
                text(zip, DESCRIPTION, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(description));
                zip.putNextEntry(new ZipEntry(COEFFICIENTS));
                final var data = new DataOutputStream(new BufferedOutputStream(uncloseable(zip)));
                Nd4j.write(graph.params(), data);
                data.flush();
                zip.closeEntry();
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void text(final ZipOutputStream zip, final String name, final String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static OutputStream uncloseable(final ZipOutputStream zip) {
        return new FilterOutputStream(zip) {
            @Override
            public void write(final byte[] bytes, final int offset, final int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /**
     * @param file written by {@link #save(Path)}
     * @return the network
     * @throws IOException if the file cannot be read or holds no such network; the message names the file
     */
    public static TrainedNetwork load(final Path file) throws IOException {
        try (var scope = Backend.enter(); var zip = new ZipFile(file.toFile())) {
            final var description =
                new ObjectMapper().readValue(bytes(zip, DESCRIPTION, file), NetworkDescription.class);
            final var configuration =
                ComputationGraphConfiguration.fromJson(new String(bytes(zip, CONFIGURATION, file), StandardCharsets.UTF_8));
            final var graph = new ComputationGraph(configuration);
            try (var data = new DataInputStream(new BufferedInputStream(zip.getInputStream(entry(zip, COEFFICIENTS, file))));
                    INDArray parameters = Nd4j.read(data)) {
                graph.init(parameters, true);
            }
            return new TrainedNetwork(graph, description);
        } catch (RuntimeException e) {
            throw new IOException("'" + file + "' holds no network that this version can read: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(final ZipFile zip, final String name, final Path file) throws IOException {
        try (var in = zip.getInputStream(entry(zip, name, file))) {
            return in.readAllBytes();
        }
    }

    private static ZipEntry entry(final ZipFile zip, final String name, final Path file) throws IOException {
        final ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("'" + file + "' is no saved network: it has no entry '" + name + "'.");
        }
        return entry;
    }

    /** Frees the network's native memory. */
    @Override
    public void close() {
        graph.close();
    }
}
