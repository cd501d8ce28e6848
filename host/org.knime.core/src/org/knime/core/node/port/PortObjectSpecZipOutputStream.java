package org.knime.core.node.port;

import java.io.OutputStream;
import java.util.zip.ZipOutputStream;

/** The zip file that the spec of a port object is written to. */
public final class PortObjectSpecZipOutputStream extends ZipOutputStream {

    /** @param stream of the zip file */
    public PortObjectSpecZipOutputStream(final OutputStream stream) {
        super(stream);
    }
}
