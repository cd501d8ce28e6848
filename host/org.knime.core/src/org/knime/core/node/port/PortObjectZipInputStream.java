package org.knime.core.node.port;

import java.io.InputStream;
import java.util.zip.ZipInputStream;

/** The zip file that a port object is read from. */
public final class PortObjectZipInputStream extends ZipInputStream {

    /** @param stream of the zip file */
    public PortObjectZipInputStream(final InputStream stream) {
        super(stream);
    }
}
