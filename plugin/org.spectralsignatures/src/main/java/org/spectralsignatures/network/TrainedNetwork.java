package org.spectralsignatures.network;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A trained classifier with what is known of it. On disk it is one zip file: DL4J's own model format, so that DL4J's
 * {@code ModelSerializer} reads it too, and a {@code description.json} beside it. One thread at a time may use it.
 */
public final class TrainedNetwork implements AutoCloseable {

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
                text(zip, NetworkFile.CONFIGURATION, graph.getConfiguration().toJson());
                text(zip, NetworkFile.DESCRIPTION, SavedDescription.write(description));
                zip.putNextEntry(new ZipEntry(NetworkFile.COEFFICIENTS));
                final var data = new DataOutputStream(new BufferedOutputStream(uncloseable(zip)));
                Nd4j.write(graph.params(), data);
                data.flush();
                zip.closeEntry();
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("The network cannot be written to '%s': %s.".formatted(file, e.getMessage() == null ? e.toString() : e.getMessage()), e);
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
     * Reads a network that may come from a stranger: nothing in the file is believed, no class is made because the file names it, and
     * no more memory is taken than the network of its description needs.
     *
     * @param file written by {@link #save(Path)}
     * @return the network
     * @throws IOException if the file cannot be read or holds no such network; the message names the file
     */
    public static TrainedNetwork load(final Path file) throws IOException {
        try (var scope = Backend.enter(); var entries = NetworkFile.open(file)) {
            final NetworkDescription description = SavedDescription.parse(entries.text(NetworkFile.DESCRIPTION));
            final var saved = SavedConfiguration.parse(entries.text(NetworkFile.CONFIGURATION));
            return new TrainedNetwork(graph(entries, saved, saved.rebuild(description)), description);
        } catch (IOException | RuntimeException e) {
            throw new IOException("'%s' holds no network that this version can read: %s. Take an undamaged copy, or train the network again."
                .formatted(file, e.getMessage() == null ? e.toString() : e.getMessage()), e);
        }
    }

    private static ComputationGraph graph(final NetworkFile entries, final SavedConfiguration saved, final ComputationGraphConfiguration rebuilt)
        throws IOException {
        final var graph = new ComputationGraph(rebuilt);
        try (INDArray parameters = SavedParameters.read(entries, SavedParameters.count(rebuilt))) {
            graph.init(parameters, true);
        }
        boolean right = false;
        try {
            saved.check(graph);
            SavedParameters.checkVariances(graph);
            right = true;
            return graph;
        } finally {
            if (!right) {
                graph.close();
            }
        }
    }

    /** Frees the network's native memory. */
    @Override
    public void close() {
        graph.close();
    }
}
