package org.spectralsignatures.network;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.Session;

/**
 * A trained classifier with what is known of it, ready to run on an engine. On disk it is one zip file: a {@code configuration.json} and
 * a {@code coefficients.bin} in the form of DL4J's model format, and a {@code description.json}. One thread at a time may use it.
 */
public final class TrainedNetwork implements AutoCloseable {

    private final NetworkDescription description;

    private final NetworkOptions options;

    private final TrainingRecord record;

    private final Session session;

    /**
     * @param description what is known of it
     * @param options the choices that made it
     * @param record the numbers of its training
     * @param session the network on an engine; owned by this object from now on
     */
    public TrainedNetwork(final NetworkDescription description, final NetworkOptions options, final TrainingRecord record, final Session session) {
        this.description = description;
        this.options = options;
        this.record = record;
        this.session = session;
    }

    /** @return what is known of the network */
    public NetworkDescription description() {
        return description;
    }

    /** @return number of its parameters */
    public long parameters() {
        return options.plan().size();
    }

    /** @return the network on the engine that holds it, valid until this object is closed */
    public Session session() {
        return session;
    }

    /**
     * Writes the network into one file, which appears only when it is complete.
     *
     * @param file to be created or replaced
     * @throws IOException if it cannot be written
     */
    public void save(final Path file) throws IOException {
        final Path partial = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)))) {
                text(zip, NetworkFile.CONFIGURATION, SavedConfiguration.write(options, record));
                text(zip, NetworkFile.DESCRIPTION, SavedDescription.write(description));
                zip.putNextEntry(new ZipEntry(NetworkFile.COEFFICIENTS));
                SavedParameters.write(session.parameters(), zip);
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

    /**
     * Reads a network that may come from a stranger: nothing in the file is believed, no class is made because the file names it, and
     * no more memory is taken than the network of its description needs.
     *
     * @param file written by {@link #save(Path)}
     * @return the network, on the engine that {@link Engines} gives
     * @throws IOException if the file cannot be read or holds no such network; the message names the file
     */
    public static TrainedNetwork load(final Path file) throws IOException {
        try (var entries = NetworkFile.open(file)) {
            final NetworkDescription description = SavedDescription.parse(entries.text(NetworkFile.DESCRIPTION));
            final var saved = SavedConfiguration.parse(entries.text(NetworkFile.CONFIGURATION));
            final TrainingRecord record = saved.record();
            final NetworkOptions options = saved.options(description);
            final FloatBuffer parameters = SavedParameters.read(entries, options.plan().size());
            saved.check(options, record);
            SavedParameters.checkVariances(options.plan(), parameters);
            return new TrainedNetwork(description, options, record, Engines.get().open(options.plan(), parameters));
        } catch (IOException | RuntimeException e) {
            throw new IOException("'%s' holds no network that this version can read: %s. Take an undamaged copy, or train the network again."
                .formatted(file, e.getMessage() == null ? e.toString() : e.getMessage()), e);
        }
    }

    /** Frees the network's native memory. */
    @Override
    public void close() {
        session.close();
    }
}
