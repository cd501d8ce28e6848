package org.spectralsignatures.nodes.task;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

import org.knime.core.util.FileUtil;

/** Files and folders that settings name. */
public final class Paths {

    private Paths() {
    }

    /**
     * @param text a local path, a {@code file:} URL or {@code knime://knime.workflow/...}
     * @return the place on this machine
     * @throws IOException if it is no path or not on this machine
     */
    public static Path resolve(final String text) throws IOException {
        try {
            final Path path = FileUtil.resolveToPath(FileUtil.toURL(text.strip()));
            if (path == null) {
                throw new IOException("The path '%s' is not on this machine. Download it first.".formatted(text));
            }
            return path;
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("'%s' is no path: %s".formatted(text, e.getMessage()), e);
        }
    }
}
