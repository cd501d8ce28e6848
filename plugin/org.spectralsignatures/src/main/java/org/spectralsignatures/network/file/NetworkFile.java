package org.spectralsignatures.network.file;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.TrainingRecord;
import org.spectralsignatures.network.plan.NetworkPlan;

/**
 * The file of a trained network: a zip of a {@code network.json}, which says its version, what the network computes and what is known of
 * it, and a {@code parameters.safetensors}, which holds the named parameters. Earlier versions wrote DL4J's model format; it is read still.
 */
public final class NetworkFile {

    /**
     * What a file holds.
     *
     * @param description what is known of the network
     * @param plan what it computes
     * @param record the numbers of its training
     * @param parameters {@code [plan.size()]}
     */
    record Content(NetworkDescription description, NetworkPlan plan, TrainingRecord record, FloatBuffer parameters) {
    }

    private NetworkFile() {
    }

    /**
     * Writes a network into one file, which appears only when it is complete. The same network gives the same bytes.
     *
     * @param network stays the caller's
     * @param file to be created or replaced
     * @throws IOException if it cannot be written; the message names the file
     */
    public static void save(final TrainedNetwork network, final Path file) throws IOException {
        final Path partial = file.resolveSibling(file.getFileName() + ".part");
        try {
            CurrentFormat.write(network, partial);
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("The network cannot be written to '%s': %s.".formatted(file, e.getMessage() == null ? e.toString() : e.getMessage()), e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /**
     * Reads a network that may come from a stranger: nothing in the file is believed, no class is made because the file names it, and
     * no more memory is taken than the network that it describes needs.
     *
     * @param file written by {@link #save}, of this version or an earlier one
     * @return the network, on the engine that {@link Engines} gives, to be closed by the caller
     * @throws IOException if the file cannot be read or holds no such network; the message names the file
     */
    public static TrainedNetwork load(final Path file) throws IOException {
        return load(file, Engines.get());
    }

    /**
     * As above, on an engine that the caller chooses.
     *
     * @param file written by {@link #save}, of this version or an earlier one
     * @param engine that runs the network
     * @return the network, to be closed by the caller
     * @throws IOException if the file cannot be read or holds no such network; the message names the file
     * @throws IllegalStateException if the engine cannot run it; the message says why
     */
    public static TrainedNetwork load(final Path file, final Engine engine) throws IOException {
        final Content content = content(file);
        return new TrainedNetwork(content.description(), content.plan(), content.record(), engine.open(content.plan(), content.parameters()));
    }

    private static Content content(final Path file) throws IOException {
        try {
            return read(file);
        } catch (NewerFormatException e) {
            throw new IOException("'%s' %s.".formatted(file, e.getMessage()), e);
        } catch (IOException | RuntimeException e) {
            throw new IOException("'%s' holds no network that this version can read: %s. Take an undamaged copy, or train the network again."
                .formatted(file, e.getMessage() == null ? e.toString() : e.getMessage()), e);
        }
    }

    private static Content read(final Path file) throws IOException {
        try (var zip = NetworkZip.open(file)) {
            final Content content = zip.has(CurrentFormat.ENTRIES) ? CurrentFormat.read(zip) : Dl4jFormat.read(zip);
            ParameterValues.checkVariances(content.plan(), content.parameters());
            return content;
        }
    }
}
