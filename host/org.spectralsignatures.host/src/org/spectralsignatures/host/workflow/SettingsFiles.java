package org.spectralsignatures.host.workflow;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.spectralsignatures.host.files.FileProblem;
import org.spectralsignatures.host.text.VisibleText;

/** The XML files of a workflow folder, and how one refers to another. */
final class SettingsFiles {

    private SettingsFiles() {
    }

    /** @throws IOException if the file cannot be read; the message names it */
    static NodeSettings read(final Path file) throws IOException {
        final var settings = new NodeSettings(file.getFileName().toString());
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            settings.load(in);
            return settings;
        } catch (IOException e) {
            final String problem = FileProblem.describe(e);
            throw new IOException(problem.startsWith("'") ? problem : "'" + file + "' cannot be read: " + problem, e);
        }
    }

    /**
     * @param folder of a workflow, metanode or component
     * @param name of a settings file in a folder below, as the workflow names it; as in KNIME, that folder's name may differ in case
     * @return the file
     * @throws InvalidSettingsException if it lies elsewhere, links included, or does not exist
     */
    static Path resolve(final Path folder, final String name) throws IOException, InvalidSettingsException {
        Path file;
        try {
            file = folder.resolve(name == null ? "" : name).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidSettingsException("'" + VisibleText.line(name) + "' is no path: " + e.getReason() + ".", e);
        }
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
        return inside(folder, file);
    }

    /** @return a file beside another one, by its plain name, null if there is none */
    static Path sibling(final Path file, final String name) {
        try {
            final Path sibling = file.resolveSibling(name == null ? "" : name).normalize();
            return sibling.getParent().equals(file.getParent()) && Files.isRegularFile(sibling, LinkOption.NOFOLLOW_LINKS) ? sibling : null;
        } catch (InvalidPathException e) { // NOSONAR no such file either
            return null;
        }
    }

    /**
     * Links may lie in a workflow, but lead to nowhere else: it is to hold all that it loads, and what is read of a stranger's workflow is
     * to be the stranger's.
     *
     * @return the file, which lies below a folder other than the given one
     */
    private static Path inside(final Path folder, final Path file) throws IOException, InvalidSettingsException {
        final Path real = file.toRealPath().getParent();
        final Path realFolder = folder.toRealPath();
        if (real.equals(realFolder) || !real.startsWith(realFolder)) {
            throw new InvalidSettingsException("the link '" + file + "' leads out of '" + folder + "', to '" + file.toRealPath() + "'.");
        }
        return file;
    }
}
