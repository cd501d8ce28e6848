package org.knime.core.util;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import org.spectralsignatures.host.context.WorkflowContext;

/** Files and URLs. */
public final class FileUtil {

    private FileUtil() {
    }

    /**
     * @param urlOrPath a local path or a URL, {@code knime://} included
     * @return the URL
     */
    public static URL toURL(final String urlOrPath) throws InvalidPathException, MalformedURLException {
        if (urlOrPath.startsWith("knime:")) {
            return new URL(null, urlOrPath, new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(final URL u) throws IOException {
                    return resolve(u).toUri().toURL().openConnection();
                }
            });
        }
        try {
            return new URL(urlOrPath.replace(" ", "%20"));
        } catch (MalformedURLException e) { // NOSONAR then it is a path, or a protocol that nothing here knows
            return Path.of(urlOrPath).toAbsolutePath().toUri().toURL();
        }
    }

    /**
     * @param url a file: or knime: URL
     * @return the local path, null if it is not local
     */
    public static Path resolveToPath(final URL url) throws IOException, URISyntaxException {
        return switch (url.getProtocol()) {
            case "file" -> Path.of(url.toURI());
            case "knime" -> resolve(url);
            default -> null;
        };
    }

    private static Path resolve(final URL url) throws IOException {
        final Path workflow = WorkflowContext.get();
        if (workflow == null || !"knime.workflow".equals(url.getHost())) {
            throw new IOException("'" + url + "' cannot be resolved: only knime://knime.workflow/ is, inside a workflow.");
        }
        return workflow.resolve(url.getPath().replaceFirst("^/", "")).normalize();
    }

    /** @return a new temporary file that is deleted at the end of the process at the latest */
    public static File createTempFile(final String prefix, final String suffix) throws IOException {
        final File file = Files.createTempFile(prefix, suffix).toFile();
        file.deleteOnExit();
        return file;
    }
}
