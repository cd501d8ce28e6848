package org.spectralsignatures.host.workflow;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.spectralsignatures.host.settings.SettingsXml;

/** The XML files of a workflow folder, and how one refers to another. */
final class SettingsFiles {

    private SettingsFiles() {
    }

    /** @throws IOException if the file cannot be read; the message names it */
    static NodeSettings read(final Path file) throws IOException {
        final var settings = new NodeSettings(file.getFileName().toString());
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            SettingsXml.read(in, settings);
            return settings;
        } catch (IOException e) {
            throw new IOException("'" + file + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * @param folder of a workflow, metanode or component
     * @param name of a settings file in a folder below, as the workflow names it; as in KNIME, that folder's name may differ in case
     * @return the file
     * @throws InvalidSettingsException if it lies elsewhere or does not exist
     */
    static Path resolve(final Path folder, final String name) throws IOException, InvalidSettingsException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || file.getNameCount() < folder.getNameCount() + 2) {
            throw new InvalidSettingsException("'" + name + "' does not lie in a folder below '" + folder + "'.");
        }
        final Path relative = folder.relativize(file);
        if (!Files.exists(folder.resolve(relative.getName(0)))) {
            try (var children = Files.list(folder)) {
                final Path found = children.filter(c -> c.getFileName().toString().equalsIgnoreCase(relative.getName(0).toString())).findFirst().orElse(null);
                file = found == null ? file : found.resolve(relative.subpath(1, relative.getNameCount()));
            }
        }
        if (!Files.isRegularFile(file)) {
            throw new InvalidSettingsException("the file '" + file + "' does not exist");
        }
        return file;
    }
}
