package org.spectralsignatures.nodes.task;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.knime.core.util.FileUtil;

/** Files and folders that settings name. */
public final class Paths {

    /** What a shell would replace: the home folder, and variables of Unix and Windows. */
    private static final Pattern OF_A_SHELL = Pattern.compile("^~(?=$|[/\\\\])|\\$\\{?(\\w+)}?|%(\\w+)%");

    private static final Pattern ELSEWHERE = Pattern.compile("(?!file:|knime:)[A-Za-z][A-Za-z0-9+.-]+://.*");

    private Paths() {
    }

    /**
     * @param text a local path, a {@code file:} URL or {@code knime://knime.workflow/...}; a relative path counts from the folder in which KNIME was started
     * @return the place on this machine
     * @throws IOException if it is no path or not on this machine; the message says what to write instead
     */
    public static Path resolve(final String text) throws IOException {
        final String path = text.strip();
        final Path place = ELSEWHERE.matcher(path).matches() ? null : place(path);
        if (place == null) {
            throw new IOException("The path '%s' is not on this machine. Download it first.".formatted(text));
        }
        if (!Files.exists(place)) {
            requireWritten(path);
        }
        return place;
    }

    private static Path place(final String path) throws IOException {
        try {
            return FileUtil.resolveToPath(FileUtil.toURL(path));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("'%s' is no path: %s%s".formatted(path, e.getMessage(),
                path.startsWith("file:") ? ". Write the whole path behind 'file://', such as file:///data/images." : ""), e);
        }
    }

    /** Nothing but a shell puts in what such names stand for: no folder is called so. */
    private static void requireWritten(final String path) throws IOException {
        final Matcher shell = OF_A_SHELL.matcher(path);
        while (shell.find()) {
            final String variable = shell.group(1) == null ? shell.group(2) : shell.group(1);
            final String value = shell.group().equals("~") ? System.getProperty("user.home") : System.getenv(variable);
            if (value != null) {
                throw new IOException("In the path '%s' nothing replaces '%s'. Write '%s' instead, or let a flow variable give the path.".formatted(path, shell.group(),
                    value));
            }
        }
    }
}
