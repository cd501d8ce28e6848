package org.knime.core.webui.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;

import org.eclipse.core.runtime.FileLocator;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** A page whose files lie in a bundle. */
public final class FromFilePage extends Page {

    private final Path m_base;

    FromFilePage(final Class<?> clazz, final String basePath, final String relativeFilePath) {
        this(base(clazz, basePath), Path.of(relativeFilePath));
    }

    private FromFilePage(final Path base, final Path relative) {
        super(new FileResource(base.resolve(relative), relative), true);
        m_base = base;
    }

    private static Path base(final Class<?> clazz, final String folder) {
        final Bundle bundle = FrameworkUtil.getBundle(clazz);
        try {
            final URL url = FileLocator.toFileURL(bundle.getEntry("."));
            return Path.of(new java.io.File(url.getPath()).getPath()).resolve(folder).normalize();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder '" + folder + "' of the bundle " + bundle.getSymbolicName() + " cannot be found.", e);
        }
    }

    /** Adds a file that the page loads, by its path from the folder of the page. */
    public FromFilePage addResourceFile(final String relativeFilePath) {
        final Path relative = Path.of(relativeFilePath);
        final var resource = new FileResource(m_base.resolve(relative), relative);
        m_resources.put(resource.getRelativePath(), resource);
        return this;
    }
}
