package org.knime.core.node.port;

import java.io.InputStream;
import java.util.zip.ZipInputStream;

/** The zip file that the spec of a port object is read from. */
public final class PortObjectSpecZipInputStream extends ZipInputStream {

    /** @param stream of the zip file */
    public PortObjectSpecZipInputStream(final InputStream stream) {
        super(stream);
    }
}
